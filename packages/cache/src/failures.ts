import { type AnyInfisicalError, type InfisicalErrorCode, isInfisicalError } from "@infisical/core";

/** The server is away, broken or overloaded: what it said before may still hold. */
const outages: readonly InfisicalErrorCode[] = [
  "UNREACHABLE",
  "CONNECTION_LOST",
  "TIMEOUT",
  "SERVER_ERROR",
  "RATE_LIMITED",
];

/** The request was not sent, or not looked at. */
const notCarriedOut: readonly InfisicalErrorCode[] = [
  "INVALID_OPTION",
  "NOT_AUTHENTICATED",
  "AUTH_FAILED",
  "UNREACHABLE",
  "RATE_LIMITED",
];

/** Whether a read failed in a way in which an old reply may stand in. */
export function isOutage(error: unknown): error is AnyInfisicalError {
  return isInfisicalError(error) && outages.includes(error.code);
}

/** Whether the server answered a read with something else than what it said before. */
export function isRefusal(error: unknown): boolean {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return false;
  return error.statusCode !== undefined && !outages.includes(error.code);
}

/** Whether a write that failed may have changed something, or shows that something has changed. */
export function mayHaveChanged(error: unknown): boolean {
  return !isInfisicalError(error) || !notCarriedOut.includes(error.code);
}
