import type { CallOptions } from "@infisical/core";
import type { SecretMetadata, SecretType } from "./secret.ts";

/** Where secrets are. */
export interface SecretLocation extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path.
   *
   * @defaultValue "/"
   */
  readonly secretPath?: string | undefined;
}

/** How secrets are read. */
export interface ReadSecretOptions extends SecretLocation {
  /**
   * Whether `${NAME}` in a value is replaced by what it refers to.
   *
   * @defaultValue true
   */
  readonly expandSecretReferences?: boolean | undefined;
  /**
   * Whether values are sent; `false` gives `<hidden-by-infisical>` for each.
   *
   * @defaultValue true
   */
  readonly viewSecretValue?: boolean | undefined;
}

/** Which secrets to list with their imports, and how. */
export interface ListSecretsWithImportsOptions extends ReadSecretOptions {
  /**
   * Whether the folders below are read too.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /** Only secrets that have one of these tags. */
  readonly tagSlugs?: readonly string[] | undefined;
  /** The documentation's name for `tagSlugs`; both together mean one of either. */
  readonly tagFilters?: readonly string[] | undefined;
  /**
   * Whether the secrets are put into `process.env`; variables that exist are kept.
   *
   * @defaultValue false
   */
  readonly attachToProcessEnv?: boolean | undefined;
}

/** Which secrets to list, and how. */
export interface ListSecretsOptions extends ListSecretsWithImportsOptions {
  /**
   * Whether the reply has `imports`: what the folder imports from elsewhere.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
}

/** Which secret to get, and how. */
export interface GetSecretOptions extends ReadSecretOptions {
  /** The secret's name. */
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
   * The version to get, from 1.
   *
   * @defaultValue the latest
   */
  readonly version?: number | string | undefined;
}

/** What a secret has beside its name and value. */
export interface WriteSecretOptions extends SecretLocation {
  /** A comment. */
  readonly secretComment?: string | undefined;
  /** A note that is sent with each reminder, up to 1024 characters; `null` removes it. */
  readonly secretReminderNote?: string | null | undefined;
  /** The days between reminders to change the secret; `null` ends them. */
  readonly secretReminderRepeatDays?: number | null | undefined;
  /** Whether line breaks are kept as they are when the CLI exports it. */
  readonly skipMultilineEncoding?: boolean | undefined;
  /** The ids of its tags; they replace the ones that it has. */
  readonly tagIds?: readonly string[] | undefined;
  /**
   * `"shared"` or `"personal"`; only users can have personal secrets.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
  /** Free-form metadata of older servers, apart from `secretMetadata`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Metadata entries; they replace the ones that it has. */
  readonly secretMetadata?: readonly SecretMetadata[] | undefined;
}

/** What a new secret is to be. */
export interface CreateSecretOptions extends WriteSecretOptions {
  /** The value. The server trims white space at both ends, but keeps one line break at the end. */
  readonly secretValue: string;
}

/** What is to change of a secret; what is left out stays. */
export interface UpdateSecretOptions extends WriteSecretOptions {
  /** The new value, trimmed as on creation; servers of 2024 demand it. */
  readonly secretValue?: string | undefined;
  /** A new name. */
  readonly newSecretName?: string | undefined;
}

/** Where the secret to delete is. */
export interface DeleteSecretOptions extends SecretLocation {
  /**
   * `"shared"` or `"personal"`.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
}
