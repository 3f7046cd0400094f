import type { CallOptions, Duration } from "@infisical/core";
import type {
  DynamicSecretProvider,
  DynamicSecretProviders,
  InputsOf,
  ProviderType,
} from "./providers/registry.ts";

/** An entry of a dynamic secret's metadata. */
export interface DynamicSecretMetadata {
  /** The entry's key. */
  readonly key: string;
  /** The entry's value. */
  readonly value: string;
}

/** The values of a dynamic secret's `status`; servers can know more. */
export const DynamicSecretStatus = {
  /** It is being deleted; its leases are revoked first. */
  Deleting: "Revocation in process",
  /** It could not be deleted because a lease could not be revoked; `statusDetails` says why. */
  FailedToDelete: "Failed to delete",
} as const;

/** `"Revocation in process"` or `"Failed to delete"`; `null` means that nothing is wrong. */
export type DynamicSecretStatus =
  | (typeof DynamicSecretStatus)[keyof typeof DynamicSecretStatus]
  | (string & {})
  | null;

/** A dynamic secret as the server sends it. */
export interface DynamicSecret {
  /** Its id. */
  readonly id: string;
  /** Its name, in lower case. */
  readonly name: string;
  /** Its version, counted from 1. */
  readonly version: number;
  /** The name of its provider, such as `"redis"`. */
  readonly type: string;
  /** How long a lease is valid by default, such as `"1h"`. */
  readonly defaultTTL: string;
  /** How long renewals can keep a lease alive, such as `"24h"`; `null` means no limit. */
  readonly maxTTL?: string | null;
  /** The id of its folder. */
  readonly folderId: string;
  /** Set when something is wrong with it; otherwise `null`. */
  readonly status?: DynamicSecretStatus;
  /** What is wrong. */
  readonly statusDetails?: string | null;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it last changed, as an ISO date. */
  readonly updatedAt: string;
  /**
   * The inputs of its provider. They contain credentials: do not log them.
   *
   * Present after `create`, `update` and `get`; older servers omit them.
   */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** The template of the user names. */
  readonly usernameTemplate?: string | null;
  /** Its metadata. */
  readonly metadata?: readonly DynamicSecretMetadata[];
  /** The id of the gateway that it uses. */
  readonly gatewayId?: string | null;
  /** The id of the gateway that it uses, for gateways of the newer kind. */
  readonly gatewayV2Id?: string | null;
  /** The id of the gateway pool that it uses. */
  readonly gatewayPoolId?: string | null;
}

/**
 * The location of dynamic secrets.
 *
 * @example
 * const location = { projectSlug, environmentSlug: "dev", path: "/db" };
 * await client.dynamicSecrets().leases.list({ ...location, dynamicSecretName: "orders" });
 * await client.dynamicSecrets().leases.list({ projectSlug, environmentSlug: "dev", path: "/db", dynamicSecretName: "orders" });
 */
export interface DynamicSecretLocation extends CallOptions {
  /** The project's slug. */
  readonly projectSlug: string;
  /** The environment's slug. */
  readonly environmentSlug: string;
  /**
   * The folder's path. A missing leading slash is added.
   *
   * @defaultValue "/"
   */
  readonly path?: string | undefined;
}

/** The settings of a dynamic secret that `create` and `update` have in common. */
interface DynamicSecretSettings {
  /**
   * How long renewals can keep a lease alive: milliseconds or a string such as `"24h"`, from 1 minute to 10 years
   * (older servers: 24 hours). `null` means no limit.
   *
   * @defaultValue no limit
   */
  readonly maxTTL?: Duration | null | undefined;
  /** Metadata entries, as a list or by their keys; they replace the existing ones. */
  readonly metadata?: readonly DynamicSecretMetadata[] | Readonly<Record<string, unknown>> | undefined;
}

/**
 * The options of `create`.
 *
 * @typeParam Type - The provider's name, which the call infers.
 *
 * @example
 * await client.dynamicSecrets().create({
 *   projectSlug,
 *   environmentSlug: "dev",
 *   path: "/",
 *   name: "cache",
 *   provider: { type: "totp", inputs: { configType: "url", url: "otpauth://totp/shop" } },
 *   defaultTTL: "1h",
 *   usernameTemplate: "app-{{randomUsername}}",
 *   metadata: [{ key: "owner", value: "payments" }],
 * });
 */
export interface CreateDynamicSecretOptions<Type extends ProviderType = DynamicSecretProviders>
  extends DynamicSecretLocation,
    DynamicSecretSettings {
  /** The name: up to 64 lower-case letters, digits and hyphens. */
  readonly name: string;
  /** The provider that issues the credentials, with its inputs. */
  readonly provider: DynamicSecretProvider<Type>;
  /**
   * How long a lease is valid by default: milliseconds or a string such as `"1h"`, from 1 minute to 10 years (older
   * servers: 24 hours).
   */
  readonly defaultTTL: Duration;
  /**
   * The template of the user names, up to 255 characters, such as `"app-{{randomUsername}}"`.
   *
   * @defaultValue a random name
   */
  readonly usernameTemplate?: string | undefined;
}

/**
 * The options of `update`; settings that are omitted stay unchanged.
 *
 * @typeParam Type - The provider's name, if `provider` is set.
 *
 * @example
 * await client.dynamicSecrets().update("orders", {
 *   projectSlug,
 *   environmentSlug: "dev",
 *   path: "/",
 *   provider: "sql-database",
 *   inputs: { host: "database-2.internal" },
 *   defaultTTL: "30m",
 *   newName: "orders-2",
 *   usernameTemplate: null,
 * });
 */
export interface UpdateDynamicSecretOptions<Type extends ProviderType = string>
  extends DynamicSecretLocation,
    DynamicSecretSettings {
  /** The provider's name. It is not sent; it lets the compiler check `inputs`. */
  readonly provider?: Type | undefined;
  /** Inputs of the provider; inputs that are omitted stay unchanged. */
  readonly inputs?: Partial<InputsOf<Type>> | undefined;
  /** As for `create`. */
  readonly defaultTTL?: Duration | undefined;
  /** A new name. */
  readonly newName?: string | undefined;
  /** As for `create`; `null` restores random names. */
  readonly usernameTemplate?: string | null | undefined;
}

/**
 * The options of `delete`.
 *
 * @example
 * await client.dynamicSecrets().delete("orders", { projectSlug, environmentSlug: "dev", path: "/", isForced: true });
 */
export interface DeleteDynamicSecretOptions extends DynamicSecretLocation {
  /**
   * Whether to delete it even if its leases cannot be revoked; their credentials might then continue to work.
   *
   * @defaultValue false
   */
  readonly isForced?: boolean | undefined;
}
