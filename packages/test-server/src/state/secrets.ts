import type { Folder, Secret, SecretContent, SecretVersion } from "./entities.js";
import type { ServerState } from "./server-state.js";

/** What a new secret may leave out. */
export type NewSecret = Pick<SecretContent, "key" | "value"> & Partial<SecretContent>;

/** Adds a secret to a folder, or replaces nothing: the name must be free. */
export function addSecret(state: ServerState, folder: Folder, content: NewSecret): Secret {
  const now = state.timestamp();
  const secret: Secret = {
    comment: "",
    reminderNote: null,
    reminderRepeatDays: null,
    skipMultilineEncoding: false,
    secretMetadata: [],
    tags: [],
    ...content,
    id: state.identifiers.uuid(),
    version: 1,
    createdAt: now,
    updatedAt: now,
    folder,
    history: new Map(),
  };
  folder.secrets.set(secret.key, secret);
  folder.lastSecretModified = now;
  return secret;
}

/** Makes the next version of a secret; what the changes leave out stays. */
export function changeSecret(state: ServerState, secret: Secret, changes: Partial<SecretContent>): Secret {
  const { id: _id, folder, createdAt: _createdAt, history, ...before } = secret;
  history.set(secret.version, before);
  if (changes.key !== undefined && changes.key !== secret.key) {
    folder.secrets.delete(secret.key);
    folder.secrets.set(changes.key, secret);
  }
  const now = state.timestamp();
  Object.assign(secret, changes, { version: secret.version + 1, updatedAt: now });
  folder.lastSecretModified = now;
  return secret;
}

/** Takes a secret out of its folder. */
export function removeSecret(state: ServerState, secret: Secret): void {
  secret.folder.secrets.delete(secret.key);
  secret.folder.lastSecretModified = state.timestamp();
}

/** One version of a secret, the current or an earlier one. */
export function secretVersion(secret: Secret, version: number | undefined): SecretVersion | undefined {
  return version === undefined || version === secret.version ? secret : secret.history.get(version);
}
