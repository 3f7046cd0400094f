import type { InfisicalSDKRequestError } from "../errors/infisical-sdk-request-error.ts";
import { isInfisicalError } from "../errors/is-infisical-error.ts";
import { rewordRequestError } from "../errors/reword-request-error.ts";

/** How long a refused login is not tried again, in milliseconds: three failures in a row lock an identity. */
export const refusalCoolDown = 10_000;

/** Statuses that say "later", not "no". */
const passing: readonly (number | undefined)[] = [408, 429];

/** Marks a login's failure as such where the server said no; any other failure stays what it is. */
export function asLoginRefusal(error: unknown, strategyName: string): InfisicalSDKRequestError | undefined {
  // Not by instanceof: a strategy may bring a copy of this package along.
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return undefined;
  const { statusCode } = error;
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500 || passing.includes(statusCode)) {
    return undefined;
  }
  return rewordRequestError(
    error,
    (text) => `Login with ${strategyName} was refused: ${text}`,
    "AUTH_FAILED",
  );
}
