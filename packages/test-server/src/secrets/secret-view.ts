import type { Folder, Secret, SecretVersion, Tag } from "../state/entities.ts";

const hiddenValue = "<hidden-by-infisical>";

/** How a response shows a secret. */
export interface SecretViewOptions {
  /** The value to show instead of the stored one, for expanded references. */
  readonly value?: string | undefined;
  readonly hidden?: boolean | undefined;
}

/** A secret as sent in the response to a write. */
export function secretView(
  secret: Secret,
  options: SecretViewOptions = {},
  version: SecretVersion = secret,
): Record<string, unknown> {
  const { environment } = secret.folder;
  return {
    id: secret.id,
    _id: secret.id,
    workspace: environment.projectId,
    environment: environment.slug,
    version: version.version,
    type: "shared",
    secretKey: version.key,
    secretValue: options.hidden ? hiddenValue : (options.value ?? version.value),
    secretValueHidden: options.hidden ?? false,
    secretComment: version.comment,
    secretReminderNote: version.reminderNote,
    secretReminderRepeatDays: version.reminderRepeatDays,
    skipMultilineEncoding: version.skipMultilineEncoding,
    // A free-form record, null in every observed response; the metadata of a write is in secretMetadata.
    metadata: null,
    secretMetadata: version.secretMetadata,
    createdAt: secret.createdAt,
    updatedAt: version.updatedAt,
  };
}

/** A tag of a secret. Its name is its slug. */
export function tagView({ id, slug, color }: Tag): Record<string, unknown> {
  return { id, slug, color, name: slug };
}

/** A secret inside an import: without dates, tags and path. */
export function importedSecretView(secret: Secret, options: SecretViewOptions): Record<string, unknown> {
  const { createdAt: _created, updatedAt: _updated, ...view } = secretView(secret, options);
  return view;
}

/** The response to a write that needs approval. */
export interface ApprovalRequest {
  readonly approval: Record<string, unknown>;
}

/** An approval request as sent to clients. */
export function approvalView(options: {
  readonly id: string;
  readonly policyId: string;
  readonly folder: Folder;
  readonly committerId: string;
  readonly now: string;
}): ApprovalRequest {
  return {
    approval: {
      id: options.id,
      policyId: options.policyId,
      hasMerged: false,
      status: "open",
      conflicts: null,
      slug: `request-${options.id.slice(0, 8)}`,
      folderId: options.folder.id,
      isReplicated: false,
      committerUserId: options.committerId,
      statusChangedByUserId: null,
      createdAt: options.now,
      updatedAt: options.now,
    },
  };
}
