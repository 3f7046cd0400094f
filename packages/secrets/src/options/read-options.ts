import type { CallOptions } from "@infisical/core";
import type { SecretType } from "../secret.ts";

/** Where secrets are. */
export interface SecretLocation extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path. One without a slash at its start gets it; an empty part, `.` and `..` are refused.
   *
   * @defaultValue "/"
   */
  readonly secretPath?: string | undefined;
}

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

/** Which secrets are put into `process.env`, and how. */
export interface AttachOptions {
  /**
   * The names of the secrets to put there; the others are left alone.
   *
   * @defaultValue all
   */
  readonly only?: readonly string[] | undefined;
  /**
   * What each variable's name begins with, before the secret's name.
   *
   * @defaultValue ""
   */
  readonly prefix?: string | undefined;
  /**
   * Whether variables that exist are overwritten.
   *
   * @defaultValue false
   */
  readonly override?: boolean | undefined;
  /**
   * The names of variables that are set although they steer the process, such as `HTTPS_PROXY`.
   *
   * Whoever may write one secret of the folder then decides what they say.
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

/** Which secrets to list with their imports, and how. */
export interface ListSecretsWithImportsOptions extends ReadSecretOptions {
  /**
   * Whether the folders below are read too, down to the server's limit of 20 levels.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /**
   * Whether the call fails where the result cannot be relied on: `NOT_FOUND` where the folder or the environment does
   * not exist, which servers of 2024 answer with an empty list, and `UNRESOLVED_REFERENCE` where a value refers to
   * what is not there, to itself in a circle, or to what the identity may not read.
   *
   * It costs a second request, which reads the values as they were written; another one for each further folder that
   * references and imports lead to; and, where the list is empty, one for the folder. Without
   * `expandSecretReferences` or `viewSecretValue`, references are not looked at.
   *
   * @defaultValue false
   */
  readonly strict?: boolean | undefined;
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
   * Names that steer the process, such as `NODE_OPTIONS`, `PATH` and `HTTPS_PROXY`, are left out unless `allow` has
   * them. The response's `attached` says what became of each secret.
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
  /**
   * Whether the call fails where the result cannot be relied on: `NOT_FOUND` where the folder or the environment does
   * not exist, which servers of 2024 answer with an empty list, and `UNRESOLVED_REFERENCE` where a value refers to
   * what is not there, to itself in a circle, or to what the identity may not read.
   *
   * Of the named secrets only. It costs a second request, which reads the values as they were written; another one for
   * each further folder that references and imports lead to; and, where the list is empty, one for the folder. Without
   * `expandSecretReferences` or `viewSecretValue`, references are not looked at.
   *
   * @defaultValue false
   */
  readonly strict?: boolean | undefined;
}
