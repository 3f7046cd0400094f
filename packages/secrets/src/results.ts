import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/** The response to a list. */
export interface ListSecretsResponse {
  /** The folder's own secrets, in the server's order. */
  readonly secrets: Secret[];
  /** What the folder imports, in the order of its imports; with `includeImports` only. */
  readonly imports?: SecretImport[];
  /**
   * The secrets that `attachToProcessEnv` could not put into `process.env`; there with that option only.
   *
   * A name that is empty or holds `=` or U+0000 cannot be a variable, nor can a value that holds U+0000 or was
   * withheld by the server.
   */
  readonly skippedNames?: readonly string[];
}

/** A folder's secrets together with what it imports. */
export interface MergedSecrets extends Array<Secret | ImportedSecret> {
  /**
   * As in {@link ListSecretsResponse}: what `attachToProcessEnv` could not put into `process.env`.
   *
   * It is not enumerable, so that the list prints, copies and compares as a plain array.
   */
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
  readonly secrets: Secret[];
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
