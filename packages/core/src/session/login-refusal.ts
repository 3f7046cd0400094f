import type { InfisicalSDKRequestError } from "../errors/errors.ts";
import { InfisicalSDKError, isInfisicalError, rewordRequestError } from "../errors/errors.ts";

/** Statuses that say "later", not "no". */
const passingStatuses: readonly (number | undefined)[] = [408, 429];

/** Marks a login's failure as such where Infisical said no; any other failure is not one. */
export function asLoginRefusal(error: unknown, strategyName: string): InfisicalSDKRequestError | undefined {
  if (!isRequestError(error) || error.code === "GATEWAY_ERROR") return undefined;
  const { statusCode = 0 } = error;
  if (statusCode < 400 || statusCode >= 500 || passingStatuses.includes(statusCode)) return undefined;
  return rewordRequestError(
    error,
    (text) => `Login with ${strategyName} was refused: ${text}`,
    "AUTH_FAILED",
  );
}

/**
 * The failure of a login that was to replace a refused token, whatever it failed with.
 *
 * The server has said no to this client: that is no outage, in which old values may serve, until it says yes again.
 */
export function asTokenRefusal(error: unknown, strategyName: string): InfisicalSDKError | undefined {
  if (!isInfisicalError(error) || error.code === "CLIENT_CLOSED") return undefined;
  const reword = (text: string): string =>
    `The token was refused, and a new login with ${strategyName} failed: ${text}`;
  if (isRequestError(error)) return rewordRequestError(error, reword, "UNAUTHORIZED");
  return new InfisicalSDKError(reword(error.message), { code: "UNAUTHORIZED" });
}

/** Not by instanceof: a strategy may bring a copy of this package along. */
function isRequestError(error: unknown): error is InfisicalSDKRequestError {
  return isInfisicalError(error) && error.name === "InfisicalSDKRequestError";
}

/** The error of a call that needs a token, where there is no way to get one. */
export function notAuthenticated(): InfisicalSDKError {
  return new InfisicalSDKError(
    "Not logged in: pass `auth` to the client, or call auth().login() or auth().accessToken() first.",
    { code: "NOT_AUTHENTICATED" },
  );
}
