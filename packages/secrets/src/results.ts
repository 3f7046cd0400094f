import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/** The response to a list. */
export interface ListSecretsResponse {
  /** The folder's own secrets, in the server's order. */
  readonly secrets: readonly Secret[];
  /** What the folder imports, in the order of its imports; only with `includeImports`. */
  readonly imports?: readonly SecretImport[];
  /** What `attachToProcessEnv` did; only with that option. */
  readonly attached?: AttachedVariables;
  /** The names of the secrets in `attached.skipped`; only with `attachToProcessEnv`. */
  readonly skippedNames?: readonly string[];
}

/** What `attachToProcessEnv` did with each secret. */
export interface AttachedVariables {
  /** The variables that were set. */
  readonly set: readonly string[];
  /** The variables that existed and were left unchanged. */
  readonly kept: readonly string[];
  /** The secrets that did not become variables. */
  readonly skipped: readonly SkippedSecret[];
}

/**
 * Why a secret did not become a variable.
 *
 * - `"steersProcess"`: the variable would steer the process, as `NODE_OPTIONS` does, and is not in `allow`.
 * - `"invalidName"`: no variable can have the name: it is empty or `__proto__`, or contains `=`, U+0000 or half a
 *   surrogate pair.
 * - `"invalidValue"`: no variable can have the value: it contains U+0000 or half a surrogate pair.
 * - `"hiddenValue"`: the server withheld the value.
 * - `"refused"`: the platform did not accept the variable.
 * - `"notFound"`: the name is in `only`, but not in the list.
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
  /** The name that the variable would have, prefix included. */
  readonly name: string;
  /** Why it was skipped. */
  readonly reason: AttachSkipReason;
}

/** A folder's secrets together with what it imports. */
export interface MergedSecrets extends Array<Secret | ImportedSecret> {
  /**
   * What `attachToProcessEnv` did, as in {@link ListSecretsResponse}.
   *
   * The property is not enumerable, so that the list prints, copies and compares as a plain array.
   */
  readonly attached?: AttachedVariables;
  /** The names of the secrets in `attached.skipped`; not enumerable either. */
  readonly skippedNames?: readonly string[];
}

/** The response to `listSecretsIfChanged` if the list has changed. */
export interface ModifiedSecrets extends ListSecretsResponse {
  /** Tells the two responses apart. */
  readonly notModified: false;
  /** Identifies this list; pass it to the next call. `undefined` if the server sent none. */
  readonly etag: string | undefined;
}

/** The response to `listSecretsIfChanged` if nothing has changed: the server sent no secrets. */
export interface UnmodifiedSecrets {
  /** Tells the two responses apart. */
  readonly notModified: true;
  /** Identifies the unchanged list. */
  readonly etag: string;
}

/** The response to `listSecretsIfChanged`. */
export type ConditionalListSecretsResponse = ModifiedSecrets | UnmodifiedSecrets;

/** The response to `getSecrets`. */
export interface GetSecretsResponse {
  /** The secrets that exist, in the order of the names. */
  readonly secrets: (Secret | ImportedSecret)[];
  /** The names that are missing. */
  readonly missing: string[];
}

/** The response to a write. */
export interface SecretResponse {
  /** The secret as it is now; after a deletion, as it was before. */
  readonly secret: Secret;
}

/** The response to a batch. */
export interface SecretsResponse {
  /** The secrets as they are now, in the server's order; after a deletion, as they were before. */
  readonly secrets: readonly Secret[];
}

/** The approval request that a write became: the `details` of an error with code `APPROVAL_REQUIRED`. */
export interface SecretApproval {
  /** The approval request's id. */
  readonly id: string;
  /** Its slug, as the web interface shows it. */
  readonly slug: string;
  /** Its status, e.g. `"open"`. */
  readonly status?: string;
  /** Whether the change has been applied. */
  readonly hasMerged?: boolean;
  /** The id of the policy that requires it. */
  readonly policyId?: string;
  /** The id of the folder to be changed. */
  readonly folderId?: string;
  /** The id of the user who requested the change. */
  readonly committerUserId?: string | null;
  /** When it was created, as an ISO date. */
  readonly createdAt?: string;
  /** When it was last updated, as an ISO date. */
  readonly updatedAt?: string;
}

/**
 * Returns a folder's own secrets, then what its imports add: the last import wins, as in the server's own get.
 *
 * Linear in the number of secrets. The response is not modified: `withPath` returns an imported secret as it is to appear
 * in the result; by default with the path from which it was imported, which the server sends once for the whole import.
 */
export function mergeImports(
  own: readonly Secret[],
  imports: readonly SecretImport[] = [],
  withPath: typeof addPath = addPath,
): (Secret | ImportedSecret)[] {
  const seen = new Set(own.map((secret) => secret.secretKey));
  const merged: (Secret | ImportedSecret)[] = [...own];
  for (const { secrets, secretPath } of [...imports].reverse()) {
    for (const secret of secrets) {
      if (seen.has(secret.secretKey)) continue;
      seen.add(secret.secretKey);
      merged.push(withPath(secret, secretPath));
    }
  }
  return merged;
}

function addPath(secret: ImportedSecret, secretPath: string): ImportedSecret {
  return { secretPath, ...secret };
}

/** Returns the same secrets as `mergeImports`, but as the response contains them. */
export function mergedOriginals(
  own: readonly Secret[],
  imports?: readonly SecretImport[],
): (Secret | ImportedSecret)[] {
  return mergeImports(own, imports, (secret) => secret);
}

/** Picks secrets from a list by name, and tells which names are missing. */
export function pickSecrets(
  names: readonly string[],
  all: readonly (Secret | ImportedSecret)[],
): GetSecretsResponse {
  // Like a get without a type, which returns the shared secret.
  const shared = all.filter(({ type }) => type !== "personal");
  const byName = new Map(shared.map((secret) => [secret.secretKey, secret]));
  const secrets: (Secret | ImportedSecret)[] = [];
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const secret = byName.get(name.trim());
    if (secret) secrets.push(secret);
    else missing.push(name);
  }
  return { secrets, missing };
}
