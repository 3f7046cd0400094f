import { errorMark } from "./error-mark.ts";
import type { InfisicalSDKError } from "./infisical-sdk-error.ts";
import type { InfisicalSDKRequestError } from "./infisical-sdk-request-error.ts";

/** Any error of this SDK; its `name` tells the two kinds apart. */
export type AnyInfisicalError =
  | (InfisicalSDKError & {
      /** Tells this kind of error from one of a request. */
      readonly name: "InfisicalSDKError";
    })
  | InfisicalSDKRequestError;

/**
 * Tells whether a caught value is an error of this SDK, whichever copy of the package made it.
 *
 * `instanceof` fails between the ESM and the CommonJS copy of a package in one process; this does not.
 *
 * @param error - Anything that was caught.
 * @returns `true` for the errors of this SDK; `error.name` then tells request errors from others.
 *
 * @example
 * import { createClient, isInfisicalError } from "@infisical/core";
 * try {
 *   await createClient().request({ method: "GET", path: "/api/status" });
 * } catch (error) {
 *   if (!isInfisicalError(error)) throw error;
 *   if (error.name === "InfisicalSDKRequestError") console.error(error.code, error.statusCode);
 * }
 */
export function isInfisicalError(error: unknown): error is AnyInfisicalError {
  return typeof error === "object" && error !== null && errorMark in error;
}
