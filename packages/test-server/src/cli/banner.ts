import type { LoggedRequest } from "../request-log.ts";
import type { TestServer } from "../test-server.ts";

/** How the server describes itself to a person. */
export function banner(server: TestServer, siteUrl: string): string {
  const lines = [
    "Infisical test server: for tests, never for real secrets. Its data is lost when it stops.",
    "",
    `siteUrl       ${siteUrl}`,
    ...server.identities.flatMap(({ name, identityId, clientId, clientSecret }, index) => {
      const suffix = index === 0 ? "" : `   (${name})`;
      if (clientId === undefined) return [`identityId    ${identityId}${suffix || `   (${name})`}`];
      return [`clientId      ${clientId}${suffix}`, `clientSecret  ${clientSecret}${suffix}`];
    }),
    ...server.projects.map(({ id, slug }) => `projectId     ${id}   (${slug})`),
    "",
    "Press Ctrl-C to stop.",
  ];
  return `${lines.join("\n")}\n`;
}

/** How the server describes itself to a program, on one line. */
export function jsonLine({ projects, identities }: TestServer, siteUrl: string): string {
  return `${JSON.stringify({ siteUrl, projects, identities })}\n`;
}

/** A request for a person to read, without query, headers and body, which contain credentials and values. */
export function requestLine({ method, path, status }: LoggedRequest): string {
  return `${method} ${path} ${status ?? "(no response)"}\n`;
}
