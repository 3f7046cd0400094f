import { z } from "zod";
import { badRequest, databaseError, notFound } from "../../api/api-error.ts";
import { requireMembership, requirePermission } from "../../api/permissions.ts";
import { type AuthenticatedRequest, forUsersOnly } from "../../api/routes.ts";
import { isUuid, queryBoolean, trimmed, validate } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import {
  type Folder,
  type FolderPlace,
  findEnvironment,
  findFolder,
  folderAt,
  folderPath,
  folderTree,
  projectSecrets,
  requireFolder,
} from "../folders/folders-state.ts";
import { found } from "../projects/project.ts";
import type { Tag } from "../projects/tags.ts";
import { collectImports, uniqueSecrets } from "../secret-imports/imports-state.ts";
import { readFields, type SecretMetadata, secretType } from "./fields.ts";
import { expandReferences } from "./references.ts";
import { findSecret, findVersion, type Secret, type SecretVersion, sortByKey } from "./secrets-state.ts";
import { identifiedView, importedListView, listedView, readView, versionView } from "./view.ts";
import { requireText, type SecretsRequest, type Visit, visit } from "./visit.ts";

const getFields = { version: z.coerce.number().optional(), type: secretType.default("shared") };

const getQuery = {
  v3: z.object({ ...readFields.v3, ...getFields }),
  v4: z.object({ ...readFields.v4, projectId: trimmed, ...getFields }),
};

/** One secret by its name, from the folder itself or else from the last import that contains it. */
export function getSecret(request: SecretsRequest): Record<string, unknown> {
  const name = request.parameter("secretName");
  const fields = validate(getQuery[request.version], request.query);
  const { environment, version, includeImports = fields.include_imports } = fields;
  if (request.version === "v4" && !environment) throw badRequest("Missing environment");
  const place = visit(request, { ...fields, environment: environment ?? "" });
  if (!environment) throw badRequest("Missing environment");
  const folder = requireFolder(place.project, place, "GetSecretByName");
  requireText(name, "FindOneWIthTags");
  if (version !== undefined && !isDatabaseInteger(version)) throw databaseError("FindOne");
  requirePermission(request.identity, place.project, "read", "secrets");
  const hidden = !fields.viewSecretValue;
  const shown = (content: SecretVersion, from: FolderPlace = place) => ({
    hidden,
    value: fields.expandSecretReferences ? expandReferences(place.project, from, content) : content.value,
  });
  const isShared = fields.type === "shared";
  const past = isShared && version !== undefined ? findVersion(folder, name, version) : undefined;
  if (past) {
    const view = versionView(past.secret, past.content, shown(past.content));
    return { secret: { ...view, secretPath: place.path } };
  }
  const own =
    version === undefined ? findSecret(folder, name, isShared ? null : request.identity.id) : undefined;
  if (own) return { secret: readView(own, shown(own)) };
  for (const { source, secrets } of includeImports ? collectImports([folder]).reverse() : []) {
    const secret = secrets.find(({ key }) => key === name);
    if (!secret) continue;
    const { path } = source;
    const environment = source.environment.slug;
    return {
      secret: { ...readView(secret, shown(secret, { environment, path })), environment, secretPath: path },
    };
  }
  throw notFound(`Secret with name '${name}' not found`);
}

const versionsQuery = z.object({ offset: z.coerce.number(), limit: z.coerce.number() });

/** The versions of a secret, the newest first. Only users are let in. */
export function listVersions({
  state,
  identity,
  parameter,
  query,
  call,
}: AuthenticatedRequest & { readonly state: ServerState }): Record<string, unknown> {
  if (!identity.isUser) throw forUsersOnly(call);
  const { offset, limit } = validate(versionsQuery, query);
  const id = parameter("secretId");
  if (!isUuid(id)) throw databaseError("FindOne");
  const project = state.projects.all().find((each) => projectSecrets(each).some((one) => one.id === id));
  const secret = project && projectSecrets(project).find((one) => one.id === id);
  if (!project || !secret) throw notFound(`Secret with ID '${id}' not found`);
  requirePermission(identity, project, "read", "secrets");
  const versions = [...secret.history.values(), secret].sort((one, other) => other.version - one.version);
  const secretVersions = versions
    .slice(offset, offset + limit)
    .map((version) => versionView(secret, version, { value: version.value, hidden: false }));
  return { secretVersions };
}

/** Versions are stored as integers of 32 bits. The database refuses a query for any other number. */
function isDatabaseInteger(version: number): boolean {
  return (version | 0) === version;
}

/** The secret with an id, whatever its name and place. */
export function getSecretById({ state, identity, parameter }: SecretsRequest): Record<string, unknown> {
  const id = parameter("secretId");
  if (!isUuid(id)) throw databaseError("FindOneWIthTags");
  for (const project of state.projects.all()) {
    const secret = projectSecrets(project).find((candidate) => candidate.id === id);
    if (!secret) continue;
    requireMembership(identity, project);
    requirePermission(identity, project, "read", "secrets");
    return { secret: identifiedView(secret) };
  }
  throw notFound(`Secret with ID '${id}' not found`, "GetSecretById");
}

/** `key=K1,value=V1|key=K2,value=V2`. Incomplete pairs are dropped, and so is what follows a second `=`. */
const metadataFilter = z
  .string()
  .default("")
  .transform((filter) => filter.split("|").flatMap(metadataPair))
  .superRefine((pairs, context) => {
    if (pairs.length <= 10) return;
    const message = "You can only filter by up to 10 metadata fields";
    context.addIssue({ code: z.ZodIssueCode.custom, message });
  });

const tagSlugs = z
  .string()
  .default("")
  .transform((slugs) => slugs.split(",").flatMap((slug) => slug.trim() || []));

const filters = { recursive: queryBoolean("false"), tagSlugs };

const listQuery = {
  v3: z.object({ metadataFilter, ...readFields.v3, ...filters }),
  v4: z.object({
    metadataFilter,
    ...readFields.v4,
    ...filters,
    includePersonalOverrides: queryBoolean("false"),
  }),
};

/** The secrets of a folder and, on request, those of all folders below it and of its imports. */
export function listSecrets(request: SecretsRequest): Record<string, unknown> {
  const fields = validate(listQuery[request.version], request.query);
  const { environment, expandSecretReferences, includeImports = fields.include_imports } = fields;
  const missing = "Missing project id or environment";
  if (request.version === "v4" && !fields.projectId) throw badRequest(missing);
  const place = visit(request, { ...fields, environment: environment ?? "" });
  if (!environment) throw badRequest(missing);
  const { project } = place;
  requirePermission(request.identity, project, "read", "secrets");
  const root = listedFolder(place, fields.recursive);
  const folders = fields.recursive ? folderTree(root) : [root];
  const hidden = !fields.viewSecretValue;
  const anyTag = fields.tagSlugs.length === 0;
  const isWanted = ({ slug }: Tag): boolean => anyTag || fields.tagSlugs.includes(slug);
  const isOwn = ({ owner }: Secret): boolean => request.version === "v3" && owner === request.identity.id;
  const secrets = sortByKey(
    folders.flatMap((folder) => [...folder.secrets.values(), ...folder.personalSecrets.filter(isOwn)]),
  )
    .map((secret) => ({ secret, tags: secret.tags.filter(isWanted) }))
    .filter(({ secret, tags }) => (tags.length > 0 || anyTag) && hasMetadata(secret, fields.metadataFilter))
    .map(({ secret, tags }) => {
      const from = { environment, path: folderPath(secret.folder) };
      const value = expandSecretReferences ? expandReferences(project, from, secret) : secret.value;
      return listedView(secret, { value, hidden }, tags);
    });
  const imports = (includeImports ? collectImports(folders) : []).map((imported) => {
    const from = { environment: imported.source.environment.slug, path: imported.source.path };
    return {
      secretPath: from.path,
      environment: from.environment,
      ...(imported.folder && { folderId: imported.folder.id }),
      // Imported secrets are always expanded, as if they were in the folder of the import.
      secrets: uniqueSecrets(imported).map((secret) => {
        const value = expandReferences(project, from, secret);
        return importedListView(secret, from.environment, { value, hidden });
      }),
    };
  });
  return { secrets, imports };
}

function listedFolder({ project, environment: slug, path }: Visit, recursive: boolean): Folder {
  const environment = findEnvironment(project, slug);
  if (recursive)
    found(environment, `Environment with slug '${slug}' in project with ID ${project.id} not found`);
  const folder = recursive ? findFolder(environment, path) : folderAt(project, { environment: slug, path });
  const advice = "Please ensure the environment slug and secret path is correct.";
  const message = `Folder with path '${path}' in environment '${slug}' was not found. ${advice}`;
  return found(folder, message, "SecretPathNotFound");
}

type MetadataPair = Pick<SecretMetadata, "key" | "value">;

function metadataPair(pair: string): MetadataPair[] {
  const parts = pair.split(/[,=]/).map((part) => part.trim());
  const fields = new Map<string, string>();
  for (let index = 0; index < parts.length; index += 2) {
    const value = parts[index + 1];
    if (value) fields.set(parts[index]?.toLowerCase() ?? "", value);
  }
  const key = fields.get("key");
  const value = fields.get("value");
  return key && value ? [{ key, value }] : [];
}

/** Whether a secret has all of the metadata pairs. Encrypted metadata is never found. */
function hasMetadata({ secretMetadata }: Secret, wanted: readonly MetadataPair[]): boolean {
  return wanted.every(({ key, value }) =>
    secretMetadata.some((entry) => !entry.isEncrypted && entry.key === key && entry.value === value),
  );
}
