import type { SecretType } from "../secret.ts";
import type { SecretLocation } from "./location.ts";
import type { SecretFields } from "./write-options.ts";

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
