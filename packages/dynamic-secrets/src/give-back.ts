import { InfisicalSDKError } from "@infisical/core";
import { warn } from "@infisical/core/authoring";
import { isGone } from "./is-gone.ts";
import { type Lease, LeaseStatus } from "./lease.ts";
import type { LeaseCalls } from "./lease-calls.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import type { ProviderType } from "./provider.ts";

/** Gives a lease back. It never rejects: what goes wrong is reported, and hides no other outcome. */
export async function giveBack(
  calls: Pick<LeaseCalls, "delete">,
  lease: Lease,
  options: UseLeaseOptions<ProviderType>,
): Promise<void> {
  const { projectSlug, environmentSlug, path, timeout, onGiveBackFailed = warnOfLease } = options;
  let current = lease;
  try {
    // Without the caller's signal: an abort is one of the reasons to be here.
    current = (await calls.delete(lease.id, { projectSlug, environmentSlug, path, timeout })).lease;
    if (current.status === LeaseStatus.FailedToDelete) throw revocationFailed();
  } catch (error) {
    if (!isGone(error)) void report(error as Error, current, onGiveBackFailed);
  }
}

function revocationFailed(): InfisicalSDKError {
  // The details are the lease's: they may quote a statement.
  return new InfisicalSDKError("The provider failed to revoke the credentials, which may still work.", {
    code: "REVOCATION_FAILED",
  });
}

type Report = NonNullable<UseLeaseOptions["onGiveBackFailed"]>;

/** Never rejects either, though the callback may. */
async function report(error: Error, lease: Lease, onGiveBackFailed: Report): Promise<void> {
  try {
    await onGiveBackFailed(error, lease);
  } catch {
    warnOfLease(error, lease);
  }
}

function warnOfLease({ message }: Error, { id }: Lease): void {
  warn("INFISICAL_LEASE_NOT_GIVEN_BACK", `The lease ${id} could not be given back: ${message}`);
}
