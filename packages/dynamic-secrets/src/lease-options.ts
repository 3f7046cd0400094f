import type { Duration } from "@infisical/core";
import type { Lease } from "./lease.ts";
import type { DynamicSecretLocation } from "./options.ts";
import type { ProviderType } from "./provider.ts";

/**
 * Which dynamic secret to take a lease of, and for how long.
 *
 * @typeParam Type - The provider's name, where `provider` says it.
 */
export interface CreateDynamicSecretLeaseOptions<Type extends ProviderType = string>
  extends DynamicSecretLocation {
  /** The dynamic secret's name. */
  readonly dynamicSecretName: string;
  /**
   * The provider's name, which gives `data` its type. It is not sent; if the dynamic secret turns out to be of
   * another kind, the lease is revoked and the call rejects.
   *
   * @defaultValue any: `data` then has any fields
   */
  readonly provider?: Type | undefined;
  /**
   * How long the credentials are good: milliseconds or a string such as `"5m"`, from 1 minute to 10 years,
   * and no longer than the dynamic secret's `maxTTL`.
   *
   * @defaultValue the dynamic secret's `defaultTTL`
   */
  readonly ttl?: Duration | undefined;
  /**
   * What some providers want to know of each lease: `{ namespace }` for Kubernetes, `{ principals }` for SSH.
   *
   * @defaultValue nothing
   */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** Which dynamic secret's leases to list. */
export interface ListDynamicSecretLeasesOptions extends DynamicSecretLocation {
  /** The dynamic secret's name. */
  readonly dynamicSecretName: string;
}

/** How a lease is renewed. */
export interface RenewDynamicSecretLeaseOptions extends DynamicSecretLocation {
  /**
   * How much is added to the lease's end, from 1 minute: milliseconds or a string such as `"5m"`.
   *
   * @defaultValue the dynamic secret's `defaultTTL`
   */
  readonly ttl?: Duration | undefined;
}

/** How a lease is deleted. */
export interface DeleteDynamicSecretLeaseOptions extends DynamicSecretLocation {
  /**
   * Whether the server forgets the lease even if it cannot revoke the credentials, which may then go on working.
   *
   * @defaultValue false
   */
  readonly isForced?: boolean | undefined;
}

/**
 * Which dynamic secret to take a lease of while a function runs.
 *
 * @typeParam Type - The provider's name, where `provider` says it.
 */
export interface UseLeaseOptions<Type extends ProviderType = string>
  extends CreateDynamicSecretLeaseOptions<Type> {
  /**
   * Told when the lease could not be revoked: its credentials then work until they expire, or longer where
   * the provider refused to revoke them. It is not waited for; if it throws or rejects, there is the warning. Neither
   * the error nor the lease shows the credentials.
   *
   * @defaultValue a process warning, where there is a process
   */
  readonly onGiveBackFailed?: ((error: Error, lease: Lease) => void) | undefined;
}
