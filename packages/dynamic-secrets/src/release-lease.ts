import { InfisicalSDKError } from "@infisical/core";
import { warn, withoutSecrets } from "@infisical/core/authoring";
import { type CreateLeaseResponse, type DeleteLeaseResponse, type Lease, LeaseStatus } from "./lease.ts";
import { errorWithoutCredentials, isGone } from "./lease-errors.ts";
import type { DeleteDynamicSecretLeaseOptions, UseLeaseOptions } from "./lease-options.ts";
import type { ProviderType } from "./provider.ts";

/** Deletes a lease, also while the client closes. */
export type Release = (
  leaseId: string,
  options: DeleteDynamicSecretLeaseOptions,
) => Promise<DeleteLeaseResponse>;

/** Revokes a lease that nobody needs any more. It never rejects: a failure is reported, and hides no other outcome. */
export async function releaseLease(
  release: Release,
  { lease, data }: CreateLeaseResponse<ProviderType>,
  options: UseLeaseOptions<ProviderType>,
): Promise<void> {
  const { projectSlug, environmentSlug, path, timeout, onGiveBackFailed = warnOfLease } = options;
  let current = lease;
  try {
    // Without the caller's signal: an abort is one of the reasons to be here.
    current = (await release(lease.id, { projectSlug, environmentSlug, path, timeout })).lease;
    if (current.status === LeaseStatus.FailedToDelete) throw revocationFailed();
  } catch (error) {
    // Nobody waits for the callback, and whatever it does harms nobody.
    if (!isGone(error)) report(error, current, data, onGiveBackFailed).catch(() => undefined);
  }
}

function revocationFailed(): InfisicalSDKError {
  // The details are the lease's: they may quote a statement.
  return new InfisicalSDKError("The provider failed to revoke the credentials, which may still work.", {
    code: "REVOCATION_FAILED",
  });
}

async function report(
  error: unknown,
  lease: Lease,
  data: unknown,
  onGiveBackFailed: NonNullable<UseLeaseOptions["onGiveBackFailed"]>,
): Promise<void> {
  const shownError = errorWithoutCredentials(error, data);
  const { statusDetails } = lease;
  const shownLease = statusDetails ? { ...lease, statusDetails: withoutSecrets(statusDetails, data) } : lease;
  try {
    await onGiveBackFailed(shownError, shownLease);
  } catch {
    warnOfLease(shownError, shownLease);
  }
}

function warnOfLease({ message }: Error, { id }: Lease): void {
  warn("INFISICAL_LEASE_NOT_GIVEN_BACK", `The lease ${id} could not be revoked: ${message}`);
}
