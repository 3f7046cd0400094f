import { isInfisicalError } from "@infisical/core";

/** Whether an error says that the server no longer has the lease, and so has revoked its credentials. */
export function isGone(error: unknown): boolean {
  return isInfisicalError(error) && error.code === "NOT_FOUND";
}
