import { folderPath } from "../folders/folders-state.ts";
import type { Tag } from "../projects/tags.ts";
import type { Secret, SecretVersion } from "./secrets-state.ts";

type View = Record<string, unknown>;

/** The value that a response shows: the stored one or the one with expanded references, unless it is hidden. */
export interface ShownValue {
  readonly value: string;
  readonly hidden: boolean;
}

/** No secret is rotated here. */
const rotation = { isRotatedSecret: false, rotationId: null };

/** A secret in the response to a creation. */
export function createdView(secret: Secret): View {
  return { ...coreView(secret), ...rotation };
}

/** A secret in the response to an update. */
export function updatedView(secret: Secret): View {
  return { ...createdView(secret), secretValueHidden: false };
}

/** A secret in the response to a deletion. */
export function deletedView(secret: Secret): View {
  return { ...coreView(secret), secretValueHidden: false };
}

/** A secret that is read by its id. */
export function identifiedView(secret: Secret): View {
  return {
    ...createdView(secret),
    secretPath: folderPath(secret.folder),
    tags: secret.tags.map(tagView),
    secretMetadata: secret.secretMetadata,
  };
}

/** A secret that is read by its name. */
export function readView(secret: Secret, shown: ShownValue): View {
  return { ...identifiedView(secret), ...valueView(shown) };
}

/** An earlier or the current version of a secret, dated by itself. */
export function versionView(secret: Secret, version: SecretVersion, shown: ShownValue): View {
  return { ...coreView(secret, version), createdAt: version.updatedAt, ...valueView(shown) };
}

/** A secret in a list. Only lists show reminders. */
export function listedView(secret: Secret, shown: ShownValue, tags: readonly Tag[]): View {
  return {
    ...readView(secret, shown),
    secretReminderNote: secret.reminderNote,
    secretReminderRepeatDays: secret.reminderRepeatDays,
    tags: tags.map(tagView),
  };
}

/** A secret inside an import, which appears in the environment of the import: without dates and project. */
export function importedSecretView(secret: Secret, environment: string): View {
  const { createdAt, updatedAt, secretReminderNote, secretReminderRepeatDays, ...view } = createdView(secret);
  return { ...view, workspace: "", environment };
}

/** A secret inside an import of a list. */
export function importedListView(secret: Secret, environment: string, shown: ShownValue): View {
  const { secretMetadata } = secret;
  return { ...importedSecretView(secret, environment), ...valueView(shown), secretMetadata };
}

function valueView({ value, hidden }: ShownValue): View {
  return { secretValue: hidden ? "<hidden-by-infisical>" : value, secretValueHidden: hidden };
}

function coreView(
  { id, folder, createdAt, owner, ...current }: Secret,
  version: SecretVersion = current,
): View {
  return {
    id,
    _id: id,
    workspace: folder.environment.projectId,
    environment: folder.environment.slug,
    version: version.version,
    type: owner === null ? "shared" : "personal",
    secretKey: version.key,
    secretValue: version.value,
    secretComment: version.comment,
    secretReminderNote: null,
    secretReminderRepeatDays: null,
    skipMultilineEncoding: version.skipMultilineEncoding,
    createdAt,
    updatedAt: version.updatedAt,
  };
}

/** A tag of a secret. Its name is its slug. */
function tagView({ id, slug, color }: Tag): View {
  return { id, slug, color, name: slug };
}
