import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/** The response to a list. */
export interface ListSecretsResponse {
  /** The folder's own secrets, in the server's order. */
  readonly secrets: readonly Secret[];
  /** What the folder imports, in the order of its imports; with `includeImports` only. */
  readonly imports?: readonly SecretImport[];
  /** What `attachToProcessEnv` did; there with that option only. */
  readonly attached?: AttachedVariables;
  /** The names of the secrets in `attached.skipped`; there with `attachToProcessEnv` only. */
  readonly skippedNames?: readonly string[];
}

/** What `attachToProcessEnv` did with each secret. */
export interface AttachedVariables {
  /** The variables that were set. */
  readonly set: readonly string[];
  /** The variables that existed and were left as they were. */
  readonly kept: readonly string[];
  /** The secrets that were left out. */
  readonly skipped: readonly SkippedSecret[];
}

/**
 * Why a secret did not become a variable.
 *
 * - `"steersProcess"`: the variable would steer the process, as `NODE_OPTIONS` does, and is not in `allow`.
 * - `"invalidName"`: no variable can have the name: it is empty, `__proto__`, or holds `=` or U+0000.
 * - `"invalidValue"`: no variable can have the value: it holds U+0000 or half a surrogate pair.
 * - `"hiddenValue"`: the server withheld the value.
 * - `"refused"`: the platform did not take the variable.
 * - `"notFound"`: it is in `only`, and not in the list.
 */
export type AttachSkipReason =
  | "steersProcess"
  | "invalidName"
  | "invalidValue"
  | "hiddenValue"
  | "refused"
  | "notFound";

/** A secret that did not become a variable. */
export interface SkippedSecret {
  /** The secret's name. */
  readonly secretKey: string;
  /** The name that the variable would have had: with the prefix. */
  readonly name: string;
  /** Why it was left out. */
  readonly reason: AttachSkipReason;
}

/** A folder's secrets together with what it imports. */
export interface MergedSecrets extends Array<Secret | ImportedSecret> {
  /**
   * As in {@link ListSecretsResponse}: what `attachToProcessEnv` did.
   *
   * It is not enumerable, so that the list prints, copies and compares as a plain array.
   */
  readonly attached?: AttachedVariables;
  /** The names of the secrets in `attached.skipped`; not enumerable either. */
  readonly skippedNames?: readonly string[];
}

/** The response to `listSecretsIfChanged` where the list has changed. */
export interface ModifiedSecrets extends ListSecretsResponse {
  /** Tells the two responses apart. */
  readonly notModified: false;
  /** Stands for this list, to be passed to the next call; `undefined` where the server sent none. */
  readonly etag: string | undefined;
}

/** The response to `listSecretsIfChanged` where nothing has changed: the server sent no secrets. */
export interface UnmodifiedSecrets {
  /** Tells the two responses apart. */
  readonly notModified: true;
  /** Stands for the list as before. */
  readonly etag: string;
}

/** The response to `listSecretsIfChanged`. */
export type ConditionalListSecretsResponse = ModifiedSecrets | UnmodifiedSecrets;

/** The secrets that were asked for by name. */
export interface GetSecretsResponse {
  /** Those that are there, in the order of the names. */
  readonly secrets: (Secret | ImportedSecret)[];
  /** The names that are not there. */
  readonly missing: string[];
}

/** The response to a write. */
export interface SecretResponse {
  /** The secret as it is now, or was before it was deleted. */
  readonly secret: Secret;
}

/** The response to a batch. */
export interface SecretsResponse {
  /** The secrets as they are now, or were before they were deleted, in the server's order. */
  readonly secrets: readonly Secret[];
}

/** What a write becomes where changes need approval: the `details` of an error with code `APPROVAL_REQUIRED`. */
export interface SecretApproval {
  /** The approval request's id. */
  readonly id: string;
  /** Its slug, as the web interface shows it. */
  readonly slug: string;
  /** Where it stands, e.g. `"open"`. */
  readonly status?: string;
  /** Whether it has been carried out. */
  readonly hasMerged?: boolean;
  /** The id of the policy that demands it. */
  readonly policyId?: string;
  /** The id of the folder that it concerns. */
  readonly folderId?: string;
  /** The id of whoever wanted to write. */
  readonly committerUserId?: string | null;
  /** When it was made, as an ISO date. */
  readonly createdAt?: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt?: string;
}
