import { z } from "zod";
import { badRequest, databaseError } from "../../api/api-error.ts";
import { requirePermission } from "../../api/permissions.ts";
import { validate } from "../../api/schemas.ts";
import { publishSecret } from "../events/secret-events.ts";
import { type Folder, requireFolder } from "../folders/folders-state.ts";
import { found, type Project } from "../projects/project.ts";
import { findTags } from "../projects/tags.ts";
import {
  type ContentFields,
  createFields,
  existingName,
  newName,
  type ReminderFields,
  secretType,
  updateFields,
  writePlace,
} from "./fields.ts";
import {
  addSecret,
  changeSecret,
  findSecret,
  removeSecret,
  type Secret,
  type SecretContent,
} from "./secrets-state.ts";
import { createdView, deletedView, updatedView } from "./view.ts";
import {
  approved,
  type PlaceFields,
  requireText,
  requireValidKeys,
  type SecretsRequest,
  visit,
} from "./visit.ts";

/** Creates a secret. */
export function createSecret(request: SecretsRequest): unknown {
  const schema = createFields.extend(writePlace[request.version]);
  const { name, fields, place, folder, owner } = written(request, newName, schema, "create");
  const isNew = !existing(folder, name);
  if (owner !== null && isNew) {
    throw badRequest("Failed to create personal secret override for no corresponding shared secret");
  }
  if (owner === null && !isNew) throw badRequest("Secret already exists");
  const content = contentOf(place.project, fields);
  requirePermission(place.identity, place.project, "create", "secrets");
  requireValidKeys(place, [name]);
  return approved(place, owner === null ? [folder] : [], () => {
    const secret = addSecret(place.state, folder, { value: "", ...content, key: name }, owner);
    publishSecret(place.state, "secret:create", secret);
    remind(secret, fields, "Create");
    return { secret: createdView(secret) };
  });
}

/** Creates the next version of a secret. */
export function updateSecret(request: SecretsRequest): unknown {
  const schema = updateFields.extend(writePlace[request.version]);
  const { name, fields, place, folder, owner } = written(request, existingName, schema, "update");
  if (owner !== null && fields.newSecretName !== undefined) {
    throw badRequest("Personal secret cannot change the key name");
  }
  const kind = owner === null ? "Secret" : "Personal secret";
  const secret = found(existing(folder, name, owner), `${kind} with name ${name} not found`);
  requirePermission(place.identity, place.project, "edit", "secrets");
  const content = contentOf(place.project, fields);
  const { newSecretName: key = name } = fields;
  if (fields.newSecretName !== undefined && existing(folder, key)) {
    throw badRequest("Secret with the new name already exists");
  }
  requireValidKeys(place, [key]);
  return approved(place, owner === null ? [folder] : [], () => {
    changeSecret(place.state, secret, { ...content, key });
    publishSecret(place.state, "secret:update", secret);
    remind(secret, fields, "Update by id");
    // The response repeats value and comment of the request. What the request omits is kept all the same.
    const { secretValue = "", secretComment = "" } = fields;
    return { secret: { ...updatedView(secret), secretValue, secretComment } };
  });
}

/** Deletes a secret and returns it. */
export function deleteSecret(request: SecretsRequest): unknown {
  const schema = z.object({ ...writePlace[request.version], type: secretType.default("shared") });
  const { name, place, folder, owner } = written(request, z.string().min(1), schema, "delete");
  const secret = found(existing(folder, name, owner), "Secret not found");
  requirePermission(place.identity, place.project, "delete", "secrets");
  return approved(place, owner === null ? [folder] : [], () => {
    removeSecret(place.state, secret);
    publishSecret(place.state, "secret:delete", secret);
    return { secret: deletedView(secret) };
  });
}

/** The content of a secret in a request, without the fields that the request omits. */
export function contentOf(project: Project, fields: ContentFields): Partial<SecretContent> {
  const {
    secretValue: value,
    secretComment: comment,
    skipMultilineEncoding,
    secretMetadata,
    tagIds,
  } = fields;
  const tags = tagIds && findTags(project, tagIds);
  const content = { value, comment, skipMultilineEncoding, secretMetadata, tags };
  return Object.fromEntries(Object.entries(content).filter(([, given]) => given !== undefined));
}

/** What a write of one secret is about, in the order in which the real server checks it. */
function written<Fields extends PlaceFields & { readonly type: z.infer<typeof secretType> }>(
  request: SecretsRequest,
  secretName: z.ZodType<string>,
  schema: z.ZodType<Fields, z.ZodTypeDef, unknown>,
  action: "create" | "update" | "delete",
) {
  const body = request.body();
  const named = { secretName: request.parameter("secretName") };
  const name = validate(z.object({ secretName }), named).secretName;
  const fields: Fields = validate(schema, body);
  const place = visit(request, fields);
  const label = `${action.charAt(0).toUpperCase()}${action.slice(1)}Secret`;
  const folder = requireFolder(place.project, place, label);
  const isPersonal = fields.type === "personal";
  if (isPersonal && !place.identity.isUser) {
    throw badRequest(`Must be user to ${action === "delete" ? action : "create"} personal secret`);
  }
  return { name, fields, place, folder, owner: isPersonal ? place.identity.id : null };
}

function existing(folder: Folder, name: string, owner: string | null = null): Secret | undefined {
  requireText(name, "secrets_v2: FindOne");
  return findSecret(folder, name, owner);
}

/** Sets a reminder, after the secret is stored. Its table takes whole days only. */
function remind(secret: Secret, fields: ReminderFields, label: string): void {
  const { secretReminderRepeatDays: days, secretReminderNote: note = null } = fields;
  if (!days) return;
  if (!Number.isInteger(days)) throw databaseError(label);
  requireText(note ?? "", label);
  secret.reminderRepeatDays = days;
  secret.reminderNote = note;
}
