import type { TestServer } from "@infisical/test-server";

/** The last request as it was sent, without headers. */
export function lastRequest(server: TestServer) {
  const { method, path, query, body } = server.requests.at(-1) ?? {};
  return { method, path, query, body };
}

/** How many requests the server received besides logins. */
export function countRequests(server: TestServer): number {
  return server.requests.filter(({ path }) => !path.startsWith("/api/v1/auth/")).length;
}

/** The values of secrets by name. */
export function pairs(secrets: readonly { readonly secretKey: string; readonly secretValue: string }[]) {
  return Object.fromEntries(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
}
