import type { CallOptions, Duration } from "@infisical/core";
import type { DynamicSecretMetadata } from "./dynamic-secret.ts";
import type { DynamicSecretProviders } from "./dynamic-secret-providers.ts";
import type { DynamicSecretProvider, InputsOf, ProviderType } from "./provider.ts";

/** Where dynamic secrets are. */
export interface DynamicSecretLocation extends CallOptions {
  /** The project's slug. */
  readonly projectSlug: string;
  /** The environment's slug. */
  readonly environmentSlug: string;
  /**
   * The folder's path. A slash is put at its start where there is none.
   *
   * @defaultValue "/"
   */
  readonly path?: string | undefined;
}

/** What a dynamic secret has beside its name and its provider. */
interface DynamicSecretFields {
  /**
   * How long a lease can be kept alive by renewing: milliseconds or a string such as `"24h"`, from 1 minute
   * to 10 years (servers of 2024: 24 hours). `null` sets no limit.
   *
   * @defaultValue no limit
   */
  readonly maxTTL?: Duration | null | undefined;
  /** Metadata entries, as a list or by their keys; they replace the ones that it has. */
  readonly metadata?: readonly DynamicSecretMetadata[] | Readonly<Record<string, string>> | undefined;
}

/**
 * What a new dynamic secret is to be.
 *
 * @typeParam Type - The provider's name, which the call finds out by itself.
 */
export interface CreateDynamicSecretOptions<Type extends ProviderType = DynamicSecretProviders>
  extends DynamicSecretLocation,
    DynamicSecretFields {
  /** The name: up to 64 lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Who issues the credentials, and what it needs to know. */
  readonly provider: DynamicSecretProvider<Type>;
  /**
   * How long a lease is good unless it says otherwise: milliseconds or a string such as `"1h"`, from 1 minute
   * to 10 years (servers of 2024: 24 hours).
   */
  readonly defaultTTL: Duration;
  /**
   * The pattern of the users' names, up to 255 characters, such as `"app-{{randomUsername}}"`.
   *
   * @defaultValue a random name
   */
  readonly usernameTemplate?: string | undefined;
}

/**
 * What is to change of a dynamic secret; what is left out stays.
 *
 * @typeParam Type - The provider's name, where `provider` says it.
 */
export interface UpdateDynamicSecretOptions<Type extends ProviderType = string>
  extends DynamicSecretLocation,
    DynamicSecretFields {
  /** The provider's name. It is not sent: it only lets the compiler check `inputs`. */
  readonly provider?: Type | undefined;
  /** Inputs of the provider; those that are left out stay. */
  readonly inputs?: Partial<InputsOf<Type>> | undefined;
  /** As on creation. */
  readonly defaultTTL?: Duration | undefined;
  /** A new name. */
  readonly newName?: string | undefined;
  /** As on creation; `null` goes back to random names. */
  readonly usernameTemplate?: string | null | undefined;
}

/** How a dynamic secret is deleted. */
export interface DeleteDynamicSecretOptions extends DynamicSecretLocation {
  /**
   * Whether it is deleted even if its leases cannot be revoked; their credentials may then go on working.
   *
   * @defaultValue false
   */
  readonly isForced?: boolean | undefined;
}
