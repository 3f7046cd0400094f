import { type AnyInfisicalError, type InfisicalErrorCode, isInfisicalError } from "@infisical/core";

/** Infisical is away, broken or overloaded, or something else answers in its place: what it said may still hold. */
const outages: readonly InfisicalErrorCode[] = [
  "UNREACHABLE",
  "CONNECTION_LOST",
  "TIMEOUT",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "GATEWAY_ERROR",
  "REDIRECTED",
  "INVALID_RESPONSE",
];

/** The request was not sent, or not looked at. */
const notCarriedOut: readonly InfisicalErrorCode[] = [
  "INVALID_OPTION",
  "NOT_AUTHENTICATED",
  "CLIENT_CLOSED",
  "AUTH_FAILED",
  "UNREACHABLE",
  "RATE_LIMITED",
];

/** Whether a read failed in a way in which an old response may stand in. */
export function isOutage(error: unknown): error is AnyInfisicalError {
  return isInfisicalError(error) && outages.includes(error.code);
}

/** Whether Infisical answered a read, or its login, with something else than what it said before. */
export function isRefusal(error: unknown): boolean {
  return isInfisicalError(error) && error.name === "InfisicalSDKRequestError" && !isOutage(error);
}

/** Whether a write that failed may have changed something, or shows that something has changed. */
export function mayHaveChanged(error: unknown): boolean {
  return !isInfisicalError(error) || !notCarriedOut.includes(error.code);
}
