import { badRequest, notFound } from "../http/api-error.js";
import type { Identity, Project, Secret, SecretContent, SecretMetadata } from "../state/entities.js";
import { requirePermission } from "../state/permissions.js";
import { addSecret, changeSecret, type NewSecret, removeSecret } from "../state/secrets.js";
import type { ServerState } from "../state/server-state.js";
import { findTags } from "../state/tags.js";
import { requestApproval } from "./approvals.js";
import { requireFolder, type SecretPlace } from "./find-place.js";
import { type ApprovalRequest, secretView } from "./secret-view.js";
import { requireValidKeys } from "./validation-rules.js";

/** The fields of a write, as every route spells them. */
export interface SecretFields {
  readonly secretValue?: string | undefined;
  readonly secretComment?: string | undefined;
  readonly tagIds?: readonly string[] | undefined;
  readonly skipMultilineEncoding?: boolean | null | undefined;
  readonly secretReminderNote?: string | null | undefined;
  readonly secretReminderRepeatDays?: number | null | undefined;
  readonly secretMetadata?: readonly SecretMetadata[] | undefined;
}

/** Who writes where. */
export interface WriteContext {
  readonly state: ServerState;
  readonly identity: Identity;
  readonly place: SecretPlace;
}

type Reply = { readonly secret: Record<string, unknown> } | ApprovalRequest;

/** Creates a shared secret. */
export function createSecret(context: WriteContext, name: string, fields: SecretFields, type: string): Reply {
  const { state, identity, place } = context;
  requirePermission(identity, place.project, "create", "secrets");
  const folder = requireFolder(place, "Create secret");
  if (type === "personal") throw badRequest("Must be user to create personal secret");
  if (folder.secrets.has(name)) throw badRequest("Secret already exist");
  const content = { ...contentOf(place.project, fields), key: name, value: fields.secretValue ?? "" };
  refuseNullCharacters(content);
  requireValidKeys(state.secretValidationRules, place.environment, [name]);
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  // The reply to a creation is the one that does not say whether the value is hidden.
  const { secretValueHidden: _, ...secret } = secretView(addSecret(state, folder, content as NewSecret));
  return { secret };
}

/** Makes the next version of a shared secret. */
export function updateSecret(
  context: WriteContext,
  name: string,
  fields: SecretFields & { readonly newSecretName?: string | undefined },
  type: string,
): Reply {
  const { state, identity, place } = context;
  requirePermission(identity, place.project, "edit", "secrets");
  const folder = requireFolder(place, "UpdateSecret");
  if (type === "personal") throw badRequest("Must be user to create personal secret");
  if (fields.newSecretName !== undefined && folder.secrets.has(fields.newSecretName)) {
    throw badRequest("Secret with the new name already exist");
  }
  const secret = requireSecret(folder.secrets, name);
  const changes = changesOf(place.project, fields);
  requireValidKeys(state.secretValidationRules, place.environment, [fields.newSecretName ?? name]);
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  const view = secretView(changeSecret(state, secret, changes));
  // The reply repeats the comment that was sent; one that was not sent is kept all the same.
  return { secret: { ...view, secretComment: fields.secretComment ?? "" } };
}

/** Deletes a shared secret and shows it once more. */
export function deleteSecret(context: WriteContext, name: string, type: string): Reply {
  const { state, identity, place } = context;
  requirePermission(identity, place.project, "delete", "secrets");
  const folder = requireFolder(place, "Delete secret");
  if (type === "personal") throw badRequest("Must be user to delete personal secret");
  const secret = requireSecret(folder.secrets, name);
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  removeSecret(state, secret);
  return { secret: secretView(secret) };
}

/** What an update changes, checked against the project's tags. */
export function changesOf(
  project: Project,
  fields: SecretFields & { readonly newSecretName?: string | undefined },
): Partial<SecretContent> {
  const changes = contentOf(project, fields);
  if (fields.secretValue !== undefined) changes.value = fields.secretValue;
  if (fields.newSecretName !== undefined) changes.key = fields.newSecretName;
  refuseNullCharacters(changes);
  return changes;
}

/** What a request says of a secret's content; fields that it leaves out are left out here too. */
export function contentOf(project: Project, fields: SecretFields): Partial<SecretContent> {
  const content: Partial<SecretContent> = {};
  if (fields.secretComment !== undefined) content.comment = fields.secretComment;
  if (fields.tagIds !== undefined) content.tags = findTags(project, fields.tagIds);
  if (fields.skipMultilineEncoding !== undefined)
    content.skipMultilineEncoding = fields.skipMultilineEncoding;
  if (fields.secretReminderNote !== undefined) content.reminderNote = fields.secretReminderNote;
  if (fields.secretReminderRepeatDays !== undefined) {
    content.reminderRepeatDays = fields.secretReminderRepeatDays;
  }
  if (fields.secretMetadata !== undefined) content.secretMetadata = fields.secretMetadata;
  return content;
}

/** Names and notes are text columns, which cannot hold U+0000. Values are encrypted and can. */
export function refuseNullCharacters({ key, reminderNote }: Partial<SecretContent>): void {
  if (key?.includes("\0") || reminderNote?.includes("\0")) {
    throw badRequest("Names and reminder notes cannot contain null characters");
  }
}

function requireSecret(secrets: ReadonlyMap<string, Secret>, name: string): Secret {
  const secret = secrets.get(name);
  if (!secret) throw notFound("Secret not found");
  return secret;
}
