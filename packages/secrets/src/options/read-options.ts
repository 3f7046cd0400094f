import type { SecretType } from "../secret.ts";
import type { SecretLocation } from "./location.ts";

/** How secrets are read. */
export interface ReadSecretOptions extends SecretLocation {
  /**
   * Whether `${NAME}` in a value is replaced by what it refers to; imported secrets always are.
   *
   * @defaultValue true
   */
  readonly expandSecretReferences?: boolean | undefined;
  /**
   * Whether values are sent; `false` gives `<hidden-by-infisical>` for each. Servers of 2024 ignore it.
   *
   * @defaultValue true
   */
  readonly viewSecretValue?: boolean | undefined;
}

/** How secrets are put into `process.env`. */
export interface AttachOptions {
  /**
   * Whether variables that exist are overwritten.
   *
   * @defaultValue false
   */
  readonly override?: boolean | undefined;
}

/** A metadata entry that a listed secret must have. */
export interface MetadataFilter {
  /** The entry's key, without `,`, `|` and `=`. */
  readonly key: string;
  /** The entry's value, without `,`, `|` and `=`. */
  readonly value: string;
}

/** Which secrets to list with their imports, and how. */
export interface ListSecretsWithImportsOptions extends ReadSecretOptions {
  /**
   * Whether the folders below are read too, down to the server's limit of 20 levels.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /** Only secrets that have one of these tags; an empty list is no condition. */
  readonly tagSlugs?: readonly string[] | undefined;
  /** The documentation's name for `tagSlugs`; both together mean one of either. */
  readonly tagFilters?: readonly string[] | undefined;
  /** Only secrets that have all of these metadata entries, at most 10; an empty list is no condition. */
  readonly metadataFilter?: readonly MetadataFilter[] | undefined;
  /**
   * Whether the personal secrets of a user stand in the place of the shared ones; needs `apiVersion: "v4"`.
   *
   * Machine identities have no personal secrets.
   *
   * @defaultValue false
   */
  readonly includePersonalOverrides?: boolean | undefined;
  /**
   * Whether the secrets, and imports that were asked for, are put into `process.env`.
   *
   * Variables that exist are kept, unless with `{ override: true }`. Of one name, own secrets come before
   * imports, personal ones before shared ones, and the folder nearest to `secretPath` before those below it.
   * The response's `skippedNames` lists the secrets that cannot be a variable.
   *
   * @defaultValue false
   */
  readonly attachToProcessEnv?: boolean | AttachOptions | undefined;
}

/** Which secrets to list, and how. */
export interface ListSecretsOptions extends ListSecretsWithImportsOptions {
  /**
   * Whether the response has `imports`: what the folder imports from elsewhere.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
}

/** Which secret to get, and how. */
export interface GetSecretOptions extends ReadSecretOptions {
  /** The secret's name. Servers trim it, and answer names of more than 100 characters with `NOT_FOUND`. */
  readonly secretName: string;
  /**
   * Whether a secret that the folder lacks is looked for in its imports, the last one first.
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
   * The version to get, from 1. Servers of 2024 ignore it and give the latest.
   *
   * @defaultValue the latest
   */
  readonly version?: number | string | undefined;
}

/** Which secrets of one folder to get by their names, and how. */
export interface GetSecretsOptions extends ReadSecretOptions {
  /** The secrets' names; a name that is given twice counts once. */
  readonly secretNames: readonly string[];
  /**
   * Whether secrets that the folder lacks are looked for in its imports, the last one first.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
}
