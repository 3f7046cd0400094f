import type { Duration } from "@infisical/core";
import type { LeaseData, ProviderType } from "../providers/registry.ts";
import type { DynamicSecret, DynamicSecretLocation } from "../types.ts";

/** The values of a lease's `status`; servers can know more. */
export const LeaseStatus = {
  /** The credentials could not be revoked and might still work; `statusDetails` says why. */
  FailedToDelete: "Failed to delete",
} as const;

/** `"Failed to delete"`; `null` means that nothing is wrong. */
export type LeaseStatus = (typeof LeaseStatus)[keyof typeof LeaseStatus] | (string & {}) | null;

/** A lease as the server sends it. It contains no credentials. */
export interface Lease {
  /** Its id. */
  readonly id: string;
  /** Its version, counted from 1. */
  readonly version: number;
  /** The provider's identifier for it, such as the name of the user. */
  readonly externalEntityId: string;
  /** When the server revokes the credentials, as an ISO date. */
  readonly expireAt: string;
  /** `"Failed to delete"` after a revocation that failed; `null` if nothing is wrong. */
  readonly status?: LeaseStatus;
  /** What is wrong. */
  readonly statusDetails?: string | null;
  /** The id of its dynamic secret. */
  readonly dynamicSecretId: string;
  /** The `config` that it was created with. */
  readonly config?: unknown;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** A lease together with its dynamic secret. */
export interface LeaseWithDynamicSecret extends Lease {
  /** The dynamic secret. */
  readonly dynamicSecret: DynamicSecret;
}

/**
 * The response of `leases.create`.
 *
 * @typeParam Type - The provider's name, if the call named it.
 */
export interface CreateLeaseResponse<Type extends ProviderType = string> {
  /** The lease, with its id and its expiration. */
  readonly lease: Lease;
  /** Its dynamic secret. */
  readonly dynamicSecret: DynamicSecret;
  /** The credentials: do not log them. */
  readonly data: LeaseData<Type>;
}

/** The response of `leases.get`. */
export interface GetLeaseResponse {
  /** The lease. */
  readonly lease: LeaseWithDynamicSecret;
}

/** The response of `leases.list`. */
export interface ListLeasesResponse {
  /** The leases that have not expired, and those that could not be revoked. */
  readonly leases: Lease[];
}

/** The response of `leases.renew`. */
export interface RenewLeaseResponse {
  /** The lease with its new expiration. */
  readonly lease: Lease;
}

/** The response of `leases.delete`. */
export interface DeleteLeaseResponse {
  /**
   * The deleted lease; with the status `"Failed to delete"`, the lease still exists.
   *
   * The server responds with success even if the provider failed to revoke the credentials, so check `lease.status`:
   * see {@link LeaseStatus}.
   */
  readonly lease: Lease;
}

/**
 * The options of `leases.create`.
 *
 * @typeParam Type - The provider's name, if `provider` is set.
 *
 * @example
 * await client.dynamicSecrets().leases.create({
 *   projectSlug,
 *   environmentSlug: "dev",
 *   path: "/",
 *   dynamicSecretName: "cluster",
 *   ttl: "10m",
 *   config: { namespace: "shop" },
 * });
 */
export interface CreateDynamicSecretLeaseOptions<Type extends ProviderType = string>
  extends DynamicSecretLocation {
  /** The dynamic secret's name. */
  readonly dynamicSecretName: string;
  /**
   * The provider's name, which determines the type of `data`. It is not sent; if the dynamic secret has another
   * provider, the lease is revoked and the call rejects.
   *
   * @defaultValue any provider: `data` then has any fields
   */
  readonly provider?: Type | undefined;
  /**
   * How long the credentials are valid: milliseconds or a string such as `"5m"`, from 1 minute to 10 years, and at most
   * the dynamic secret's `maxTTL`.
   *
   * @defaultValue the dynamic secret's `defaultTTL`
   */
  readonly ttl?: Duration | undefined;
  /**
   * What some providers need for each lease: `{ namespace }` for Kubernetes, `{ principals }` for SSH.
   *
   * @defaultValue nothing
   */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The options of `leases.list`.
 *
 * @example
 * const location = { projectSlug, environmentSlug: "dev", path: "/" };
 * const leases = await client.dynamicSecrets().leases.list({ ...location, dynamicSecretName: "orders" });
 */
export interface ListDynamicSecretLeasesOptions extends DynamicSecretLocation {
  /** The dynamic secret's name. */
  readonly dynamicSecretName: string;
}

/**
 * The options of `leases.renew`.
 *
 * @example
 * const location = { projectSlug, environmentSlug: "dev", path: "/" };
 * await client.dynamicSecrets().leases.renew("a-lease-id", { ...location, ttl: "10m" });
 */
export interface RenewDynamicSecretLeaseOptions extends DynamicSecretLocation {
  /**
   * How much time to add to the lease, 1 minute or more: milliseconds or a string such as `"5m"`.
   *
   * @defaultValue the dynamic secret's `defaultTTL`
   */
  readonly ttl?: Duration | undefined;
}

/**
 * The options of `leases.delete`.
 *
 * @example
 * const location = { projectSlug, environmentSlug: "dev", path: "/" };
 * await client.dynamicSecrets().leases.delete("a-lease-id", { ...location, isForced: true });
 */
export interface DeleteDynamicSecretLeaseOptions extends DynamicSecretLocation {
  /**
   * Whether the server forgets the lease even if it cannot revoke the credentials, which might then continue to work.
   *
   * @defaultValue false
   */
  readonly isForced?: boolean | undefined;
}

/**
 * The options of `leases.use`.
 *
 * @typeParam Type - The provider's name, if `provider` is set.
 */
export interface UseLeaseOptions<Type extends ProviderType = string>
  extends CreateDynamicSecretLeaseOptions<Type> {
  /**
   * Called when the lease could not be revoked: its credentials work until they expire, or longer if the provider
   * failed to revoke them. The call does not wait for it; if it throws or rejects, a process warning is emitted instead.
   * Neither the error nor the lease contains the credentials.
   *
   * @defaultValue a process warning, where there is a process
   */
  readonly onRevokeFailed?: ((error: Error, lease: Lease) => void) | undefined;
}
