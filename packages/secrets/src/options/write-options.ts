import type { SecretMetadata, SecretType } from "../secret.ts";
import type { SecretLocation } from "./read-options.ts";

/** What a secret has beside its name and value. */
export interface SecretFields {
  /** A comment; servers trim it. */
  readonly secretComment?: string | undefined;
  /** A note that is sent with each reminder, up to 1024 characters; `null` removes it. */
  readonly secretReminderNote?: string | null | undefined;
  /** The days between reminders to change the secret; `null` ends them. */
  readonly secretReminderRepeatDays?: number | null | undefined;
  /** Whether line breaks are kept as they are when the CLI exports it. */
  readonly skipMultilineEncoding?: boolean | null | undefined;
  /** The ids of its tags; they replace the ones that it has. */
  readonly tagIds?: readonly string[] | undefined;
  /** Free-form metadata, apart from `secretMetadata`. It is sent, but servers have not been seen to give it back. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Metadata entries; they replace the ones that it has. Servers of 2024 ignore them. */
  readonly secretMetadata?: readonly SecretMetadata[] | undefined;
}

/** Where a secret is to be written, and what it has beside its name and value. */
export interface WriteSecretOptions extends SecretLocation, SecretFields {
  /**
   * `"shared"` or `"personal"`; only users can have personal secrets.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
}

/** What a new secret is to be. */
export interface CreateSecretOptions extends WriteSecretOptions {
  /**
   * The value, in a request of at most 1 MiB.
   *
   * It arrives byte for byte but for one thing: servers trim white space at both ends, and keep one line break at
   * the end if the value ends with one.
   */
  readonly secretValue: string;
}

/** What is to change of a secret; what is left out stays. */
export interface UpdateSecretOptions extends WriteSecretOptions {
  /** The new value, trimmed as on creation; servers of 2024 demand it. */
  readonly secretValue?: string | undefined;
  /** A new name. */
  readonly newSecretName?: string | undefined;
  /** The ids of the users who get the reminders; they replace the ones that do. */
  readonly secretReminderRecipients?: readonly string[] | undefined;
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

/** One secret of a batch that creates. */
export interface NewSecret extends SecretFields {
  /** Its name. */
  readonly secretKey: string;
  /** Its value, trimmed as by `createSecret`. */
  readonly secretValue: string;
}

/** Which secrets to create in one folder. */
export interface CreateSecretsOptions extends SecretLocation {
  /** The secrets, at least one, each name once. */
  readonly secrets: readonly NewSecret[];
}

/** One secret of a batch that updates; what is left out stays. */
export interface SecretChange extends SecretFields {
  /** Its name. */
  readonly secretKey: string;
  /** The new value, trimmed as by `createSecret`; servers of 2024 demand it. */
  readonly secretValue?: string | undefined;
  /** A new name. */
  readonly newSecretName?: string | undefined;
  /**
   * The path of its folder, if it is not that of the batch.
   *
   * @defaultValue the batch's `secretPath`
   */
  readonly secretPath?: string | undefined;
}

/** What a batch does with a secret that is not there: fail as a whole, pass over it, or create it. */
export type UpdateSecretsMode = "failOnNotFound" | "ignore" | "upsert";

/** Which secrets to update. */
export interface UpdateSecretsOptions extends SecretLocation {
  /** The secrets, at least one, each name once. */
  readonly secrets: readonly SecretChange[];
  /**
   * What is done with a secret that is not there. Servers of 2024 know `"failOnNotFound"` only.
   *
   * @defaultValue "failOnNotFound"
   */
  readonly mode?: UpdateSecretsMode | undefined;
}

/** One secret of a batch that deletes. */
export interface SecretToDelete {
  /** Its name. */
  readonly secretKey: string;
  /**
   * `"shared"` or `"personal"`.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
}

/** Which secrets of one folder to delete. */
export interface DeleteSecretsOptions extends SecretLocation {
  /** The secrets, at least one, each name once. */
  readonly secrets: readonly SecretToDelete[];
}
