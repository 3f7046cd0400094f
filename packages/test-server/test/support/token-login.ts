import type { TestServer } from "../../src/index.ts";
import { call } from "./api.ts";

/** Logs in as the first identity with a token, and returns what the response says. */
export async function loginWith(
  server: TestServer,
  authMethod: string,
  jwt: string,
  fields: Readonly<Record<string, string>> = {},
) {
  const { identityId } = server.identities[0] ?? {};
  const { status, body } = await call(server, "POST", `/api/v1/auth/${authMethod}/login`, {
    body: { identityId, jwt, ...fields },
  });
  const { error, message } = body;
  return status === 200 ? { status, body } : { status, error, message };
}

/** A refusal as `loginWith` returns it. */
export function refusal(status: number, message: string, error?: string) {
  const labels: Readonly<Record<number, string>> = {
    400: "BadRequest",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFound",
    500: "InternalServerError",
  };
  return { status, error: error ?? labels[status], message };
}

/** The claims of an access token. */
export function claimsOf(accessToken: string) {
  return JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString());
}
