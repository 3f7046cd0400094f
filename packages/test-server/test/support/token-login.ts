import type { TestServer } from "../../src/index.ts";
import { type ApiResponse, call } from "./api.ts";

/** Logs in as the first identity with a token, and returns what the response says. */
export async function loginWith(
  server: TestServer,
  authMethod: string,
  jwt: string,
  fields: Readonly<Record<string, string>> = {},
) {
  const { identityId } = server.identities[0] ?? {};
  const body = { identityId, jwt, ...fields };
  return outcomeOf(await call(server, "POST", `/api/v1/auth/${authMethod}/login`, { body }));
}

/** What the response to a login says. */
export function outcomeOf({ status, body }: ApiResponse) {
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

/** The refusal of which the server does not tell the reason. */
export const unexplained = refusal(500, "Something went wrong");

/** The claims of an access token. */
export function claimsOf(accessToken: string) {
  return JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString());
}
