import { z } from "zod";
import { badRequest, notFound } from "../../api/api-error.ts";
import { requirePermission } from "../../api/permissions.ts";
import { validate } from "../../api/schemas.ts";
import { publishSecrets } from "../events/secret-events.ts";
import {
  type Folder,
  findEnvironment,
  folderAt,
  folderPath,
  requireFolder,
} from "../folders/folders-state.ts";
import { found, type Project } from "../projects/project.ts";
import { type ContentFields, createItem, secretType, updateItem, writePlace } from "./fields.ts";
import { addSecret, changeSecret, type NewSecret, removeSecret } from "./secrets-state.ts";
import { createdView, deletedView, updatedView } from "./view.ts";
import { approved, requireText, requireValidKeys, type SecretsRequest, type Visit, visit } from "./visit.ts";
import { contentOf } from "./write.ts";

interface Item {
  readonly secretKey: string;
}

/** What an update does with secrets that do not exist. */
const mode = z.enum(["failOnNotFound", "ignore", "upsert"]).default("failOnNotFound");
const deleteItem = z.object({ secretKey: z.string(), type: secretType.default("shared") });
const unnamed = "Must provide either project slug or projectId";

/** Creates all secrets of a batch, or none. Of secrets with the same name, only the last one is created. */
export function createSecrets(request: SecretsRequest): unknown {
  const schema = z.object({ ...writePlace[request.version], secrets: z.array(createItem).min(1) });
  const fields = validate(schema, request.body());
  const place = visit(request, fields, unnamed);
  const folder = requireFolder(place.project, place, "CreateManySecret");
  const items = lastOfEach(fields.secrets);
  const existing = items.filter(({ secretKey }) => has(folder, secretKey));
  if (existing.length > 0) throw badRequest(`Secret already exists: ${keysOf(existing).join(",")}`);
  const contents = items.map((item) => newContent(place.project, item));
  requirePermission(place.identity, place.project, "create", "secrets");
  requireValidKeys(place, keysOf(items));
  return approved(place, [folder], () => {
    const created = contents.map((content) => addSecret(place.state, folder, content));
    publishSecrets(place.state, "secret:create", created);
    return { secrets: created.map(createdView) };
  });
}

/** Updates all secrets of a batch, or none. Of updates of the same secret, only the last one counts. */
export function updateSecrets(request: SecretsRequest): unknown {
  const schema = z.object({ ...writePlace[request.version], mode, secrets: z.array(updateItem).min(1) });
  const fields = validate(schema, request.body());
  const place = visit(request, fields, unnamed);
  const { state, identity, project } = place;
  const parts = byFolder(place, fields.secrets).map(({ folder, items }) => {
    const missing = items.filter(({ secretKey }) => !has(folder, secretKey));
    if (missing.length > 0 && fields.mode === "failOnNotFound") {
      throw notFound(`Secret does not exist: ${keysOf(missing).join(", ")} in path ${folderPath(folder)}`);
    }
    requirePermission(identity, project, "edit", "secrets");
    const changes = items.flatMap((item) => {
      const secret = folder.secrets.get(item.secretKey);
      const key = item.newSecretName ?? item.secretKey;
      return secret ? { secret, content: { ...contentOf(project, item), key } } : [];
    });
    const additions = fields.mode === "upsert" ? missing.map((item) => newContent(project, item)) : [];
    rejectTakenNames(folder, items);
    requireValidKeys(
      place,
      [...changes.map(({ content }) => content), ...additions].map(({ key }) => key),
    );
    return { folder, changes, additions };
  });
  const folders = parts.map(({ folder }) => folder);
  return approved(place, folders, () => {
    const written = parts.map(({ folder, changes, additions }) => ({
      updated: changes.map(({ secret, content }) => changeSecret(state, secret, content)),
      created: additions.map((content) => addSecret(state, folder, content)),
    }));
    for (const { updated, created } of written) {
      publishSecrets(state, "secret:update", updated);
      publishSecrets(state, "secret:create", created);
    }
    return { secrets: written.flatMap(({ updated, created }) => [...updated, ...created]).map(updatedView) };
  });
}

/** Deletes all secrets of a batch, or none. */
export function deleteSecrets(request: SecretsRequest): unknown {
  const schema = z.object({ ...writePlace[request.version], secrets: z.array(deleteItem).min(1) });
  const fields = validate(schema, request.body());
  const place = visit(request, fields, unnamed);
  const folder = requireFolder(place.project, place, "DeleteManySecret");
  const existing = lastOfEach(fields.secrets).filter(({ secretKey }) => has(folder, secretKey));
  if (existing.length < fields.secrets.length) {
    // As on the real server, the message names those that exist.
    throw notFound(`One or more secrets does not exist: ${keysOf(existing).join(", ")}`);
  }
  requirePermission(place.identity, place.project, "delete", "secrets");
  return approved(place, [folder], () => {
    const shared = existing.filter(({ type }) => type === "shared");
    const secrets = shared.flatMap(({ secretKey }) => folder.secrets.get(secretKey) ?? []);
    // An identity has no personal secrets, and the real server does not expect to delete nothing.
    if (secrets.length === 0) throw new Error("No secret was deleted");
    for (const secret of secrets) removeSecret(place.state, secret);
    publishSecrets(place.state, "secret:delete", secrets);
    return { secrets: secrets.map(deletedView) };
  });
}

/** The updates of each folder that they name. */
function byFolder<Update extends Item & { readonly secretPath?: string | undefined }>(
  { project, environment, path }: Visit,
  items: readonly Update[],
): { readonly folder: Folder; readonly items: Update[] }[] {
  const message = `Environment with slug '${environment}' in project with ID '${project.id}' not found`;
  found(findEnvironment(project, environment), message);
  return [...new Set(items.map(({ secretPath = path }) => secretPath))].map((part) => {
    const folder = found(folderAt(project, { environment, path: part }), "Folder not found");
    return { folder, items: lastOfEach(items.filter(({ secretPath = path }) => secretPath === part)) };
  });
}

/** Rejects new names that are in use, or given twice. The message has all new names. */
function rejectTakenNames(folder: Folder, items: readonly z.infer<typeof updateItem>[]): void {
  const names = items.flatMap(({ secretKey, newSecretName }) =>
    has(folder, secretKey) && newSecretName !== undefined ? newSecretName : [],
  );
  if (names.some((name) => has(folder, name)) || new Set(names).size < names.length) {
    throw badRequest(`Secret with new name already exists: ${names.join(", ")}`);
  }
}

function newContent(project: Project, item: Item & ContentFields): NewSecret {
  return { value: "", ...contentOf(project, item), key: item.secretKey };
}

function has(folder: Folder, name: string): boolean {
  requireText(name, "secrets_v2: Find");
  return folder.secrets.has(name);
}

/** The last item of each name, where the first one is. */
function lastOfEach<Each extends Item>(items: readonly Each[]): Each[] {
  return [...new Map(items.map((item) => [item.secretKey, item])).values()];
}

function keysOf(items: readonly Item[]): string[] {
  return items.map(({ secretKey }) => secretKey);
}
