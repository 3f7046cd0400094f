import type { DynamicSecret } from "./dynamic-secret.ts";
import type { LeaseData } from "./lease-data.ts";
import type { ProviderType } from "./provider.ts";

/** What a lease's `status` can say; servers may know more. */
export const LeaseStatus = {
  /** The credentials could not be revoked and may still work; `statusDetails` says why. */
  FailedToDelete: "Failed to delete",
} as const;

/** `"Failed to delete"`; `null` means that all is well. */
export type LeaseStatus = (typeof LeaseStatus)[keyof typeof LeaseStatus] | (string & {}) | null;

/** A lease as the server sends it. It holds no credentials. */
export interface Lease {
  /** Its id. */
  readonly id: string;
  /** Counts from 1. */
  readonly version: number;
  /** What the provider calls it, such as the user's name. */
  readonly externalEntityId: string;
  /** When the server revokes the credentials, as an ISO date. */
  readonly expireAt: string;
  /** `"Failed to delete"` after a revocation that failed; `null` if nothing is wrong. */
  readonly status?: LeaseStatus;
  /** What is wrong. */
  readonly statusDetails?: string | null;
  /** The id of its dynamic secret. */
  readonly dynamicSecretId: string;
  /** What the lease was taken with. */
  readonly config?: unknown;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** A lease together with its dynamic secret. */
export interface LeaseWithDynamicSecret extends Lease {
  /** What it is a lease of. */
  readonly dynamicSecret: DynamicSecret;
}

/**
 * The response to taking a lease.
 *
 * @typeParam Type - The provider's name, where the call said it.
 */
export interface CreateLeaseResponse<Type extends ProviderType = string> {
  /** The lease: when it ends, and what to renew or delete it by. */
  readonly lease: Lease;
  /** What it is a lease of. */
  readonly dynamicSecret: DynamicSecret;
  /** The credentials: do not log them. */
  readonly data: LeaseData<Type>;
}

/** The response to getting a lease. */
export interface GetLeaseResponse {
  /** The lease as it is now. */
  readonly lease: LeaseWithDynamicSecret;
}

/** The response to listing leases. */
export interface ListLeasesResponse {
  /** The leases that are not over yet, and those that could not be revoked. */
  readonly leases: Lease[];
}

/** The response to renewing a lease. */
export interface RenewLeaseResponse {
  /** The lease with its new end. */
  readonly lease: Lease;
}

/** The response to deleting a lease: done, or `"Failed to delete"`. */
export interface DeleteLeaseResponse {
  /**
   * The lease as it was; with the status `"Failed to delete"`, the lease as it still is.
   *
   * The server answers with success where the provider refused to revoke the credentials, so look at
   * `lease.status`: see {@link LeaseStatus}.
   */
  readonly lease: Lease;
}
