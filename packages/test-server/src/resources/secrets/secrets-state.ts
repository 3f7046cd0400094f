import type { ServerState } from "../../api/server-state.ts";
import type { Folder } from "../folders/folders-state.ts";
import type { Entity } from "../projects/project.ts";
import type { Tag } from "../projects/tags.ts";
import type { SecretMetadata } from "./fields.ts";

/** The parts of a secret that each of its versions has. */
export interface SecretContent {
  key: string;
  value: string;
  comment: string;
  skipMultilineEncoding: boolean | null;
  secretMetadata: readonly SecretMetadata[];
  tags: readonly Tag[];
}

export interface SecretVersion extends SecretContent {
  version: number;
  updatedAt: string;
}

export interface Secret extends Entity, SecretVersion {
  /** A reminder to change the secret. Only lists show it. */
  reminderNote: string | null;
  reminderRepeatDays: number | null;
  readonly folder: Folder;
  /** The user whose personal secret it is; `null` for shared ones. */
  readonly owner: string | null;
  /** Every earlier version, by number. */
  readonly history: Map<number, SecretVersion>;
}

/** The content of a new secret. Only key and value are required. */
export type NewSecret = Pick<Secret, "key" | "value"> &
  Partial<SecretContent & Pick<Secret, "reminderNote" | "reminderRepeatDays">>;

/** Adds a secret to a folder. The name of a shared one must not be in use; a user can have several of a name. */
export function addSecret(
  state: ServerState,
  folder: Folder,
  content: NewSecret,
  owner: string | null = null,
): Secret {
  const secret: Secret = {
    comment: "",
    reminderNote: null,
    reminderRepeatDays: null,
    skipMultilineEncoding: false,
    secretMetadata: [],
    tags: [],
    ...content,
    ...state.newEntity(),
    version: 1,
    folder,
    owner,
    history: new Map(),
  };
  if (owner === null) folder.secrets.set(secret.key, secret);
  else folder.personalSecrets.push(secret);
  folder.lastSecretModified = secret.createdAt;
  return secret;
}

/** Creates the next version of a secret. Omitted fields keep their value. */
export function changeSecret(state: ServerState, secret: Secret, changes: Partial<SecretContent>): Secret {
  const { id, createdAt, folder, owner, history, reminderNote, reminderRepeatDays, ...before } = secret;
  const { key, version } = before;
  history.set(version, before);
  if (changes.key !== undefined && changes.key !== key) {
    folder.secrets.delete(key);
    folder.secrets.set(changes.key, secret);
  }
  if (owner !== null)
    folder.personalSecrets = [...folder.personalSecrets.filter((one) => one !== secret), secret];
  const now = state.timestamp();
  Object.assign(secret, changes, { version: version + 1, updatedAt: now });
  folder.lastSecretModified = now;
  return secret;
}

/** Removes a secret and the personal ones of that name from its folder: those of all users, or those of its owner. */
export function removeSecret(state: ServerState, { folder, key, owner }: Secret): void {
  if (owner === null) folder.secrets.delete(key);
  folder.personalSecrets = folder.personalSecrets.filter(
    (one) => one.key !== key || (owner !== null && one.owner !== owner),
  );
  folder.lastSecretModified = state.timestamp();
}

/** The shared secret of a name, or the first personal one of a user. */
export function findSecret(folder: Folder, name: string, owner: string | null): Secret | undefined {
  if (owner === null) return folder.secrets.get(name);
  return folder.personalSecrets.find((one) => one.key === name && one.owner === owner);
}

/** A version of a secret that had this name then. */
export function findVersion(folder: Folder, key: string, version: number) {
  for (const secret of folder.secrets.values()) {
    const content = secret.version === version ? secret : secret.history.get(version);
    if (content?.key === key) return { secret, content };
  }
  return undefined;
}

/** Secrets are ordered by name, byte by byte. */
export function sortByKey(secrets: Iterable<Secret>): Secret[] {
  return [...secrets].sort((left, right) => compare(left.key, right.key) || compare(left.id, right.id));
}

/** The secrets of imports are ordered by id. */
export function sortById(secrets: Iterable<Secret>): Secret[] {
  return [...secrets].sort((left, right) => compare(left.id, right.id));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
