import type { CallOptions } from "@infisical/core";
import type { SecretType } from "./secret.ts";

/** A folder, with the options of every call. */
export interface SecretLocation extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path. A missing leading slash is added; empty segments, `.` and `..` are refused.
   *
   * @defaultValue "/"
   */
  readonly secretPath?: string | undefined;
}

/** How to read secrets, and where. */
export interface ReadSecretOptions extends SecretLocation {
  /**
   * Whether `${NAME}` in a value is replaced by what it refers to; in imported secrets it always is.
   *
   * @defaultValue true
   */
  readonly expandSecretReferences?: boolean | undefined;
  /**
   * Whether values are sent; with `false`, each value is `<hidden-by-infisical>`. Older servers ignore it.
   *
   * @defaultValue true
   */
  readonly viewSecretValue?: boolean | undefined;
}

/**
 * Which secrets to put into `process.env`, and how.
 *
 * @example
 * await client.secrets().listSecrets({
 *   projectId,
 *   environment: "dev",
 *   attachToProcessEnv: { only: ["API_KEY", "HTTPS_PROXY"], allow: ["HTTPS_PROXY"], prefix: "APP_", override: true },
 * });
 */
export interface AttachOptions {
  /**
   * The names of the secrets to attach. With `strict`, these are checked, and no others.
   *
   * @defaultValue all
   */
  readonly only?: readonly string[] | undefined;
  /**
   * A prefix for the name of each variable; the secret's name follows it.
   *
   * @defaultValue ""
   */
  readonly prefix?: string | undefined;
  /**
   * Whether existing variables are overwritten.
   *
   * @defaultValue false
   */
  readonly override?: boolean | undefined;
  /**
   * The names of variables to set although they steer the process, such as `HTTPS_PROXY`.
   *
   * Everyone who is allowed to write secrets of the folder then controls these variables.
   *
   * @defaultValue none
   */
  readonly allow?: readonly string[] | undefined;
}

/** A metadata entry that a listed secret must have. */
export interface MetadataFilter {
  /** The entry's key, without `,`, `|` and `=`. */
  readonly key: string;
  /** The entry's value, without `,`, `|` and `=`. */
  readonly value: string;
}

/**
 * Which secrets to list together with their imports, and how.
 *
 * @example
 * const all = await client.secrets().listSecretsWithImports({
 *   projectId,
 *   environment: "dev",
 *   strict: true,
 *   tagSlugs: ["database"],
 *   tagFilters: ["mail"],
 *   metadataFilter: [{ key: "owner", value: "payments" }],
 * });
 */
export interface ListSecretsWithImportsOptions extends ReadSecretOptions {
  /**
   * Whether subfolders are read too, down to the server's limit of 20 levels.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /**
   * Whether the call fails if the result cannot be relied on: with `UNRESOLVED_REFERENCE` if a value refers to
   * something that does not exist, to itself in a circle, or to something that the identity is not allowed to read. It
   * also fails if the list is empty and its folder cannot be looked up.
   *
   * Only secrets that the result contains are checked. It costs a second request, which reads the values as they were
   * written; another one for each further folder that references and imports lead to; and, if the list is empty, one for
   * the folder. Without `expandSecretReferences` or `viewSecretValue`, references are not checked.
   *
   * @defaultValue false
   */
  readonly strict?: boolean | undefined;
  /** Only secrets with at least one of these tags; an empty list has no effect. */
  readonly tagSlugs?: readonly string[] | undefined;
  /** The documentation's name for `tagSlugs`; if both are passed, tags of either match. */
  readonly tagFilters?: readonly string[] | undefined;
  /** Only secrets with all of these metadata entries, at most 10; an empty list has no effect. */
  readonly metadataFilter?: readonly MetadataFilter[] | undefined;
  /**
   * Whether the personal secrets of a user replace the shared ones; requires `apiVersion: "v4"`.
   *
   * Machine identities have no personal secrets.
   *
   * @defaultValue false
   */
  readonly includePersonalOverrides?: boolean | undefined;
  /**
   * Whether the secrets, and the requested imports, are put into `process.env`.
   *
   * Existing variables are kept, except with `{ override: true }`. If several secrets have the same name, the folder's
   * own secrets win over imports, personal secrets over shared ones, and the folder nearest to `secretPath` over those
   * below it. Names that steer the process, such as `NODE_OPTIONS`, `PATH` and `HTTPS_PROXY`, are skipped unless
   * `allow` contains them. The response's `attached` tells what happened to each secret.
   *
   * @defaultValue false
   */
  readonly attachToProcessEnv?: boolean | AttachOptions | undefined;
}

/**
 * Which secrets to list, and how.
 *
 * @example
 * const { secrets, imports } = await client.secrets().listSecrets({ projectId, environment: "dev", includeImports: true });
 */
export interface ListSecretsOptions extends ListSecretsWithImportsOptions {
  /**
   * Whether the response contains `imports`: what the folder imports from elsewhere.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
}

/**
 * Which secret to get, and how.
 *
 * @example
 * const { secretValue } = await client.secrets().getSecret({
 *   projectId,
 *   environment: "dev",
 *   secretName: "API_KEY",
 *   version: 1,
 *   type: "shared",
 *   includeImports: true,
 *   expandSecretReferences: false,
 *   viewSecretValue: true,
 * });
 */
export interface GetSecretOptions extends ReadSecretOptions {
  /** The secret's name. Servers trim it, and answer `NOT_FOUND` for names of more than 100 characters. */
  readonly secretName: string;
  /**
   * Whether a secret that is missing from the folder is looked up in its imports, the last one first.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
  /**
   * `"shared"` or `"personal"`.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
  /**
   * The version to get, from 1. Older servers ignore it and return the latest.
   *
   * @defaultValue the latest
   */
  readonly version?: number | string | undefined;
}

/**
 * Which secrets of one folder to get by name, and how.
 *
 * @example
 * const found = await client.secrets().getSecrets({
 *   projectId,
 *   environment: "dev",
 *   secretNames: ["API_KEY", "LOG_LEVEL"],
 *   includeImports: true,
 *   strict: false,
 * });
 */
export interface GetSecretsOptions extends ReadSecretOptions {
  /** The secrets' names; duplicates count once. */
  readonly secretNames: readonly string[];
  /**
   * Whether secrets that are missing from the folder are looked up in its imports, the last one first.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
  /**
   * Whether the call fails if the result cannot be relied on: with `UNRESOLVED_REFERENCE` if a value refers to
   * something that does not exist, to itself in a circle, or to something that the identity is not allowed to read. It
   * also fails if the list is empty and its folder cannot be looked up.
   *
   * Only the named secrets are checked. It costs a second request, which reads the values as they were written; another
   * one for each further folder that references and imports lead to; and, if the list is empty, one for the folder.
   * Without `expandSecretReferences` or `viewSecretValue`, references are not checked.
   *
   * @defaultValue false
   */
  readonly strict?: boolean | undefined;
}
