import type { SecretLocation } from "./read-options.ts";
import type { SecretMetadata, SecretType } from "./secret.ts";

/**
 * The fields of a secret besides its name and value.
 *
 * @example
 * await client.secrets().updateSecret("API_KEY", {
 *   projectId,
 *   environment: "dev",
 *   secretComment: "of the mail service",
 *   secretMetadata: [{ key: "owner", value: "payments", isEncrypted: false }],
 *   metadata: { source: "import" },
 *   secretReminderNote: "replace it",
 *   secretReminderRepeatDays: 90,
 *   skipMultilineEncoding: true,
 *   tagIds: ["4e8a0f0c-1c57-4a6a-9d1e-1a4f3a1c2b3d"],
 * });
 */
export interface SecretFields {
  /** A comment; servers trim it. */
  readonly secretComment?: string | undefined;
  /** A note sent with each reminder, up to 1024 characters; `null` removes it. */
  readonly secretReminderNote?: string | null | undefined;
  /** The number of days between reminders to change the secret; `null` ends them. */
  readonly secretReminderRepeatDays?: number | null | undefined;
  /** Whether the CLI keeps line breaks unescaped when it exports the secret. */
  readonly skipMultilineEncoding?: boolean | null | undefined;
  /** The ids of its tags; they replace the current ones. */
  readonly tagIds?: readonly string[] | undefined;
  /**
   * Free-form metadata, separate from `secretMetadata`. It is sent, but no known server returns it. Servers accept strings
   * only: other values are sent as JSON text, and `null` is left out.
   */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Metadata entries; they replace the current ones. Older servers ignore them. A record such as `{ owner: "ops" }` is
   * short for the entry `{ key: "owner", value: "ops" }`.
   */
  readonly secretMetadata?: readonly (SecretMetadata | Readonly<Record<string, unknown>>)[] | undefined;
}

/**
 * Where to write a secret, and its fields besides its name and value.
 *
 * @example
 * await client.secrets().createSecret("API_KEY", {
 *   projectId,
 *   environment: "dev",
 *   secretPath: "/shop",
 *   secretValue: "mine alone",
 *   type: "personal",
 * });
 */
export interface WriteSecretOptions extends SecretLocation, SecretFields {
  /**
   * `"shared"` or `"personal"`; only users can have personal secrets.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
}

/** Where to create a secret, and with what. */
export interface CreateSecretOptions extends WriteSecretOptions {
  /**
   * The value; the whole request is limited to 1 MiB.
   *
   * Servers trim white space at both ends, but keep one line break at the end. Everything else is stored byte for
   * byte.
   */
  readonly secretValue: string;
}

/**
 * Where a secret is, and what to change; fields that are left out stay.
 *
 * @example
 * await client.secrets().updateSecret("API_KEY", {
 *   projectId,
 *   environment: "dev",
 *   newSecretName: "MAIL_API_KEY",
 *   secretReminderRecipients: ["a-user-id"],
 * });
 */
export interface UpdateSecretOptions extends WriteSecretOptions {
  /** The new value, trimmed as on creation; older servers require it. */
  readonly secretValue?: string | undefined;
  /** A new name. */
  readonly newSecretName?: string | undefined;
  /** The ids of the users who get the reminders; they replace the current ones. */
  readonly secretReminderRecipients?: readonly string[] | undefined;
}

/**
 * Where to delete a secret.
 *
 * @example
 * await client.secrets().deleteSecret("API_KEY", { projectId, environment: "dev", type: "personal" });
 */
export interface DeleteSecretOptions extends SecretLocation {
  /**
   * `"shared"` or `"personal"`.
   *
   * @defaultValue "shared"
   */
  readonly type?: SecretType | undefined;
}

/** One secret of a batch to create. */
export interface NewSecret extends SecretFields {
  /** Its name. */
  readonly secretKey: string;
  /** Its value, trimmed as with `createSecret`. */
  readonly secretValue: string;
}

/** Which secrets to create, and in which folder. */
export interface CreateSecretsOptions extends SecretLocation {
  /** The secrets, at least one, each name once. */
  readonly secrets: readonly NewSecret[];
}

/**
 * One secret of a batch to update; fields that are left out stay.
 *
 * @example
 * await client.secrets().updateSecrets({
 *   projectId,
 *   environment: "dev",
 *   secrets: [{ secretKey: "API_KEY", secretPath: "/shop", newSecretName: "MAIL_API_KEY" }],
 * });
 */
export interface SecretChange extends SecretFields {
  /** Its name. */
  readonly secretKey: string;
  /** The new value, trimmed as with `createSecret`; older servers require it. */
  readonly secretValue?: string | undefined;
  /** A new name. */
  readonly newSecretName?: string | undefined;
  /**
   * The path of its folder, if it differs from that of the batch.
   *
   * @defaultValue the batch's `secretPath`
   */
  readonly secretPath?: string | undefined;
}

/** What a batch does with a secret that does not exist: fail as a whole, skip it, or create it. */
export type UpdateSecretsMode = "failOnNotFound" | "ignore" | "upsert";

/** Which secrets to update. */
export interface UpdateSecretsOptions extends SecretLocation {
  /** The secrets, at least one, each name once. */
  readonly secrets: readonly SecretChange[];
  /**
   * What to do with a secret that does not exist. Older servers know `"failOnNotFound"` only.
   *
   * @defaultValue "failOnNotFound"
   */
  readonly mode?: UpdateSecretsMode | undefined;
}

/**
 * One secret of a batch to delete.
 *
 * @example
 * await client.secrets().deleteSecrets({
 *   projectId,
 *   environment: "dev",
 *   secrets: [{ secretKey: "API_KEY", type: "personal" }],
 * });
 */
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

/** Which secrets to delete, and from which folder. */
export interface DeleteSecretsOptions extends SecretLocation {
  /** The secrets, at least one, each name once. */
  readonly secrets: readonly SecretToDelete[];
}
