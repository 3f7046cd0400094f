import type { ImportedSecret, ListSecretsResponse, Secret } from "@infisical/secrets";
import type { SecretsChange } from "./secrets-watcher.ts";

/** The secrets of a place at a moment. Nothing in it changes. */
export interface Snapshot {
  readonly secrets: readonly (Secret | ImportedSecret)[];
  readonly byIdentity: ReadonlyMap<string, Secret | ImportedSecret>;
}

/**
 * Makes a snapshot of a response. A folder's own secrets win over imports, and the last import over those before it.
 *
 * @param recursive - Whether the list has several folders, so that a name alone does not tell secrets apart.
 */
export function snapshotOf({ secrets, imports }: ListSecretsResponse, recursive: boolean): Snapshot {
  const byIdentity = new Map<string, Secret | ImportedSecret>();
  const names = new Set<string>();
  const add = (secret: Secret | ImportedSecret): void => {
    const { environment, secretPath, secretKey, type } = secret;
    const place = recursive ? [environment, secretPath] : [];
    byIdentity.set(JSON.stringify([secretKey, type, ...place]), frozen({ ...secret }));
  };
  for (const secret of secrets) {
    names.add(secret.secretKey);
    add(secret);
  }
  for (const { secretPath, secrets: imported } of [...(imports ?? [])].reverse()) {
    for (const secret of imported) {
      if (names.has(secret.secretKey)) continue;
      names.add(secret.secretKey);
      add({ secretPath, ...secret });
    }
  }
  return { secrets: Object.freeze([...byIdentity.values()]), byIdentity };
}

/** The secret of a name: a personal one before a shared one, then the one in the folder nearest to the top. */
export function findSecret(
  secrets: readonly (Secret | ImportedSecret)[],
  secretName: string,
): Secret | ImportedSecret | undefined {
  let found: Secret | ImportedSecret | undefined;
  for (const secret of secrets) {
    if (secret.secretKey === secretName && (!found || rankOf(secret) < rankOf(found))) found = secret;
  }
  return found;
}

function rankOf({ type, secretPath = "" }: Secret | ImportedSecret): number {
  return (type === "personal" ? 0 : 1000) + secretPath.split("/").filter(Boolean).length;
}

/** What has changed from one snapshot to another; `undefined` if it is nothing. Without a first one, everything is added. */
export function changeBetween(before: Snapshot | undefined, after: Snapshot): SecretsChange | undefined {
  if (before === after) return undefined;
  const added: (Secret | ImportedSecret)[] = [];
  const changed: (Secret | ImportedSecret)[] = [];
  const removed: (Secret | ImportedSecret)[] = [];
  for (const [identity, secret] of after.byIdentity) {
    const old = before?.byIdentity.get(identity);
    if (!old) added.push(secret);
    else if (!looksTheSame(old, secret)) changed.push(secret);
  }
  for (const [identity, secret] of before?.byIdentity ?? []) {
    if (!after.byIdentity.has(identity)) removed.push(secret);
  }
  if (before && added.length + changed.length + removed.length === 0) return undefined;
  return Object.freeze({
    added: Object.freeze(added),
    changed: Object.freeze(changed),
    removed: Object.freeze(removed),
    secrets: after.secrets,
  });
}

/** Whether an application sees no difference: versions, ids, dates and the order of tags make none. */
function looksTheSame(one: Secret | ImportedSecret, other: Secret | ImportedSecret): boolean {
  return (
    one.secretValue === other.secretValue &&
    Boolean(one.secretValueHidden) === Boolean(other.secretValueHidden) &&
    (one.secretComment ?? "") === (other.secretComment ?? "") &&
    Boolean(one.skipMultilineEncoding) === Boolean(other.skipMultilineEncoding) &&
    labelsOf(one) === labelsOf(other)
  );
}

function labelsOf({ tags, secretMetadata, metadata }: Secret | ImportedSecret): string {
  const sorted = (entries: readonly unknown[]): string[] =>
    entries.map((entry) => JSON.stringify(entry)).sort();
  return JSON.stringify([
    sorted((tags ?? []).map(({ slug, name, color }) => [slug, name ?? slug, color ?? ""])),
    sorted((secretMetadata ?? []).map(({ key, value }) => [key, value])),
    sorted(Object.entries(metadata ?? {})),
  ]);
}

/** Freezes a value of JSON at every depth: everybody who watches gets the same one. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}
