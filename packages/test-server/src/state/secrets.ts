import type { Folder, Secret, SecretContent, SecretVersion } from "./entities.ts";
import type { ServerState } from "./server-state.ts";

/** The content of a new secret. Only key and value are required. */
export type NewSecret = Pick<SecretContent, "key" | "value"> & Partial<SecretContent>;

/** Adds a secret to a folder. The name must not be in use. */
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

/** Creates the next version of a secret. Omitted fields keep their value. */
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

/** Removes a secret from its folder. */
export function removeSecret(state: ServerState, secret: Secret): void {
  secret.folder.secrets.delete(secret.key);
  secret.folder.lastSecretModified = state.timestamp();
}

/** One version of a secret, the current or an earlier one. */
export function secretVersion(secret: Secret, version: number | undefined): SecretVersion | undefined {
  return version === undefined || version === secret.version ? secret : secret.history.get(version);
}
