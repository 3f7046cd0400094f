import { InfisicalSDKRequestError } from "../errors/infisical-sdk-request-error.ts";

/** Whether the server refused the token itself, so that nothing was carried out and a new login may help. */
export function isTokenRefusal(error: unknown): error is InfisicalSDKRequestError {
  return error instanceof InfisicalSDKRequestError && error.code === "UNAUTHORIZED";
}
