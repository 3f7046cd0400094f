import { InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { cloneError, warn } from "@infisical/core/authoring";

/** Why a certificate is not kept any longer. */
export interface End {
  /** Whether its user has closed it. */
  readonly isClosed: boolean;
  /** Otherwise, what has ended it. */
  readonly reason: unknown;
}

/** The error of a certificate that cannot be had. */
export function notIssued(text: string): InfisicalSDKError {
  return new InfisicalSDKError(text, { code: "CERTIFICATE_NOT_ISSUED" });
}

/** Warns of a failure that nobody listens for. */
export function warnOf(error: unknown, expiresAt: number | undefined): void {
  const why = isInfisicalError(error) ? error.message : "see the event `failed`.";
  const until =
    expiresAt === undefined ? "." : `; the last one is kept until ${new Date(expiresAt).toISOString()}.`;
  warn("INFISICAL_CERTIFICATE_NOT_RENEWED", `A certificate could not be issued${until} ${why}`);
}

/** What those get who use a certificate that is not kept any longer. */
export function errorOf({ isClosed, reason }: End): unknown {
  if (!isClosed) return cloneError(reason);
  return new InfisicalSDKError("The certificate is not kept any longer: call keepCertificate again.", {
    code: "CLIENT_CLOSED",
  });
}
