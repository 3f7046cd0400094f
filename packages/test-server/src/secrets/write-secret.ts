import { badRequest, notFound } from "../http/api-error.ts";
import type { Identity, Project, Secret, SecretContent, SecretMetadata } from "../state/entities.ts";
import { requirePermission } from "../state/permissions.ts";
import { addSecret, changeSecret, type NewSecret, removeSecret } from "../state/secrets.ts";
import type { ServerState } from "../state/server-state.ts";
import { findTags } from "../state/tags.ts";
import { requestApproval } from "./approvals.ts";
import { requireFolder, type SecretLocation } from "./find-location.ts";
import { type ApprovalRequest, secretView } from "./secret-view.ts";
import { requireValidKeys } from "./validation-rules.ts";

/** The fields of a write, the same for every route. */
export interface SecretFields {
  readonly secretValue?: string | undefined;
  readonly secretComment?: string | undefined;
  readonly tagIds?: readonly string[] | undefined;
  readonly skipMultilineEncoding?: boolean | null | undefined;
  readonly secretReminderNote?: string | null | undefined;
  readonly secretReminderRepeatDays?: number | null | undefined;
  readonly secretMetadata?: readonly SecretMetadata[] | undefined;
}

/** Who writes, and where. */
export interface WriteContext {
  readonly state: ServerState;
  readonly identity: Identity;
  readonly location: SecretLocation;
}

type WriteResponse = { readonly secret: Record<string, unknown> } | ApprovalRequest;

/** Creates a shared secret. */
export function createSecret(
  context: WriteContext,
  name: string,
  fields: SecretFields,
  type: string,
): WriteResponse {
  const { state, identity, location } = context;
  requirePermission(identity, location.project, "create", "secrets");
  const folder = requireFolder(location, "Create secret");
  if (type === "personal") throw badRequest("Must be user to create personal secret");
  if (folder.secrets.has(name)) throw badRequest("Secret already exist");
  const content = { ...contentOf(location.project, fields), key: name, value: fields.secretValue ?? "" };
  rejectNullCharacters(content);
  requireValidKeys(state.secretValidationRules, location.environment, [name]);
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  // Only the response to a creation omits whether the value is hidden.
  const { secretValueHidden: _, ...secret } = secretView(addSecret(state, folder, content as NewSecret));
  return { secret };
}

/** Creates the next version of a shared secret. */
export function updateSecret(
  context: WriteContext,
  name: string,
  fields: SecretFields & { readonly newSecretName?: string | undefined },
  type: string,
): WriteResponse {
  const { state, identity, location } = context;
  requirePermission(identity, location.project, "edit", "secrets");
  const folder = requireFolder(location, "UpdateSecret");
  if (type === "personal") throw badRequest("Must be user to create personal secret");
  if (fields.newSecretName !== undefined && folder.secrets.has(fields.newSecretName)) {
    throw badRequest("Secret with the new name already exist");
  }
  const secret = requireSecret(folder.secrets, name);
  const changes = changesOf(location.project, fields);
  requireValidKeys(state.secretValidationRules, location.environment, [fields.newSecretName ?? name]);
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  const view = secretView(changeSecret(state, secret, changes));
  // The response repeats the comment of the request. If the request has none, the stored one is kept all the same.
  return { secret: { ...view, secretComment: fields.secretComment ?? "" } };
}

/** Deletes a shared secret and returns it. */
export function deleteSecret(context: WriteContext, name: string, type: string): WriteResponse {
  const { state, identity, location } = context;
  requirePermission(identity, location.project, "delete", "secrets");
  const folder = requireFolder(location, "Delete secret");
  if (type === "personal") throw badRequest("Must be user to delete personal secret");
  const secret = requireSecret(folder.secrets, name);
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  removeSecret(state, secret);
  return { secret: secretView(secret) };
}

/** The changes of an update, checked against the project's tags. */
export function changesOf(
  project: Project,
  fields: SecretFields & { readonly newSecretName?: string | undefined },
): Partial<SecretContent> {
  const changes = contentOf(project, fields);
  if (fields.secretValue !== undefined) changes.value = fields.secretValue;
  if (fields.newSecretName !== undefined) changes.key = fields.newSecretName;
  rejectNullCharacters(changes);
  return changes;
}

/** The content of a secret in a request, without the fields that the request omits. */
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
export function rejectNullCharacters({ key, reminderNote }: Partial<SecretContent>): void {
  if (key?.includes("\0") || reminderNote?.includes("\0")) {
    throw badRequest("Names and reminder notes cannot contain null characters");
  }
}

function requireSecret(secrets: ReadonlyMap<string, Secret>, name: string): Secret {
  const secret = secrets.get(name);
  if (!secret) throw notFound("Secret not found");
  return secret;
}
