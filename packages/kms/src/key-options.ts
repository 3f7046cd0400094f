import type { CallOptions } from "@infisical/core";
import {
  integerFrom,
  type OptionRules,
  oneOf,
  requireFlag,
  requireString,
  requireText,
} from "@infisical/core/authoring";
import type { EncryptionAlgorithm, KeyUsage } from "./algorithms.ts";

/** Which key. */
export interface KmsKeyOptions extends CallOptions {
  /** The key's id, a UUID. */
  readonly keyId: string;
}

/** What a new key is to be. */
export interface CreateKmsKeyOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Its name, unique in the project: 1 to 32 lower-case letters and digits, with single hyphens between them. */
  readonly name: string;
  /** A description, up to 500 characters. */
  readonly description?: string | undefined;
  /**
   * What it is for.
   *
   * @defaultValue "encrypt-decrypt"
   */
  readonly keyUsage?: KeyUsage | undefined;
  /**
   * What kind of key it is; it must fit the usage.
   *
   * @defaultValue "aes-256-gcm"
   */
  readonly encryptionAlgorithm?: EncryptionAlgorithm | undefined;
}

/** Which keys to list, and in which order. */
export interface ListKmsKeysOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /**
   * How many keys to leave out at the beginning.
   *
   * @defaultValue 0
   */
  readonly offset?: number | undefined;
  /**
   * How many keys to give, 1 to 100.
   *
   * @defaultValue 100
   */
  readonly limit?: number | undefined;
  /**
   * What to order by; the name is all that servers offer.
   *
   * @defaultValue "name"
   */
  readonly orderBy?: "name" | undefined;
  /**
   * Upwards or downwards.
   *
   * @defaultValue "asc"
   */
  readonly orderDirection?: "asc" | "desc" | undefined;
  /** Only keys with this in their names. */
  readonly search?: string | undefined;
}

/** Which key to find by its name. */
export interface GetKmsKeyByNameOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The key's name. */
  readonly name: string;
}

/** What is to change of a key; what is left out stays. */
export interface UpdateKmsKeyOptions extends KmsKeyOptions {
  /** A new name. */
  readonly name?: string | undefined;
  /** `true` makes it refuse to work, `false` allows it again. */
  readonly isDisabled?: boolean | undefined;
  /** A new description, up to 500 characters. */
  readonly description?: string | undefined;
}

/** Which key to get. */
export type GetKmsKeyOptions = KmsKeyOptions;

/** Which key to delete. */
export type DeleteKmsKeyOptions = KmsKeyOptions;

/** The rules of the options that say which key. */
export const keyRules: OptionRules = { keyId: requireText };

/** The options' rules, by call. Which algorithms there are is up to the server: newer ones have more. */
export const optionRules: Readonly<Record<"create" | "list" | "getByName" | "update", OptionRules>> = {
  create: {
    projectId: requireText,
    name: requireText,
    "description?": requireString,
    "keyUsage?": requireText,
    "encryptionAlgorithm?": requireText,
  },
  list: {
    projectId: requireText,
    "offset?": integerFrom(0),
    "limit?": integerFrom(1),
    "orderBy?": requireText,
    "orderDirection?": oneOf("asc", "desc"),
    "search?": requireString,
  },
  getByName: { projectId: requireText, name: requireText },
  update: { ...keyRules, "name?": requireText, "isDisabled?": requireFlag, "description?": requireString },
};
