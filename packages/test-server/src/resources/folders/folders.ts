import { z } from "zod";
import { badRequest } from "../../api/api-error.ts";
import type { Routes } from "../../api/routes.ts";
import { looseBoolean, folderPath as parentPath, trimmed, validate } from "../../api/schemas.ts";
import { publishSecrets } from "../events/secret-events.ts";
import type { Environment } from "../projects/environments.ts";
import { found, type Project, permittedProject, projectFields } from "../projects/project.ts";
import type { Secret } from "../secrets/secrets-state.ts";
import {
  addFolder,
  allFolders,
  ensureFolder,
  type Folder,
  type FolderPlace,
  findEnvironment,
  folderAt,
  folderName,
  folderPath,
  folderTree,
  requireFolder,
  requireReadablePath,
} from "./folders-state.ts";

/** The two versions of the folder and import routes: they call the project `workspaceId` or `projectId`. */
export type ApiVersion = "v1" | "v2";

const subject = "secret-folders";
const name = trimmed.refine((text) => folderName.test(text), {
  message: "Invalid folder name. Only alphanumeric characters, dashes, and underscores are allowed.",
});
const place = { environment: trimmed, path: parentPath };
const content = { name, description: z.string().nullish() };
type FolderContent = z.infer<z.ZodObject<typeof content>>;
const listFilters = { recursive: looseBoolean, lastSecretModified: z.string().datetime().optional() };
const batchBody = z.object({
  projectId: trimmed,
  folders: z.array(z.object({ id: z.string(), ...place, ...content })).min(1),
});

/** The project of a request for folders or imports. */
export const projectOf = {
  v1: projectFields({ workspaceId: trimmed }),
  v2: projectFields({ projectId: trimmed }),
};

/** Folders. The versions differ in the name of the project field. */
export function registerFolders(routes: Routes, version: ApiVersion): void {
  const { state } = routes;
  const base = `/api/${version}/folders`;
  const folderBody = z.object({ ...projectOf[version], ...place, ...content });
  const deletionBody = z.object({ ...projectOf[version], ...place, forceDelete: z.boolean().default(false) });
  // The newer version requires the path.
  const listPath = version === "v1" ? parentPath : trimmed.pipe(parentPath);
  const listQuery = z.object({ ...projectOf[version], ...place, path: listPath, ...listFilters });

  routes.authenticated("POST", base, (request) => {
    const fields = validate(folderBody, request.body());
    const project = permittedProject(routes, request, fields, "create", subject);
    const environment = requireEnvironment(
      project,
      fields.environment,
      ` in project with ID '${project.id}'`,
    );
    requireReadablePath(fields.path);
    const parent = ensureFolder(state, environment, fields.path);
    if (parent.children.has(fields.name)) {
      throw badRequest(`Folder with name '${fields.name}' already exists in path '${fields.path}'`);
    }
    const folder = addFolder(state, parent, fields.name);
    folder.description = fields.description ?? null;
    return { folder: { ...folderView(folder), path: folderPath(folder) } };
  });

  routes.authenticated("GET", base, (request) => {
    const fields = validate(listQuery, request.query);
    const project = permittedProject(routes, request, fields, "read", subject);
    requireEnvironment(project, fields.environment);
    const parent = folderAt(project, fields);
    if (!parent) return { folders: [] };
    const { recursive } = fields;
    const since = fields.lastSecretModified && new Date(fields.lastSecretModified).toISOString();
    const folders = (recursive ? below(parent) : children(parent)).filter(
      ({ lastSecretModified: last }) => !since || (last && last >= since),
    );
    const skipped = parent.parent ? folderPath(parent).length : 0;
    const relative = (folder: Folder) => recursive && { relativePath: folderPath(folder).slice(skipped) };
    return { folders: folders.map((folder) => ({ ...folderView(folder), ...relative(folder) })) };
  });

  routes.authenticated("GET", `${base}/:id`, (request) => {
    const id = request.parameter("id");
    const wanted = allFolders(state).find((candidate) => candidate.id === id);
    const folder = found(wanted, `Folder with ID '${id}' not found`);
    const { id: envId, name: envName, slug: envSlug, projectId } = folder.environment;
    permittedProject(routes, request, projectId, "read", subject);
    const environment = { envId, envName, envSlug };
    return { folder: { ...folderView(folder), environment, path: folderPath(folder), projectId } };
  });

  routes.authenticated("PATCH", `${base}/batch`, (request) => {
    const { folders, ...batch } = validate(batchBody, request.body());
    const project = permittedProject(routes, request, batch, "edit", subject);
    const changes = folders.map((fields) => {
      const message = `Folder with id '${fields.id}' in environment with slug '${fields.environment}' not found`;
      const labels = { missing: "UpdateManyFolders", taken: "Batch update folder" };
      return { fields, folder: folderToChange(project, fields, message, labels) };
    });
    return { folders: changes.map(({ folder, fields }) => folderView(changeFolder(folder, fields))) };
  });

  routes.authenticated("PATCH", `${base}/:id`, (request) => {
    const id = request.parameter("id");
    const fields = validate(folderBody, request.body());
    const project = permittedProject(routes, request, fields, "edit", subject);
    const labels = { missing: "UpdateFolder", taken: "UpdateFolder" };
    const folder = folderToChange(project, { ...fields, id }, `Folder with ID '${id}' not found`, labels);
    changeFolder(folder, fields);
    return { folder: { ...folderView(folder), path: folderPath(folder) } };
  });

  routes.authenticated("DELETE", `${base}/:idOrName`, (request) => {
    const fields = validate(deletionBody, request.body());
    const project = permittedProject(routes, request, fields, "delete", subject);
    requireEnvironment(project, fields.environment);
    const parent = requireFolder(project, fields);
    const wanted = request.parameter("idOrName");
    const named = parent.children.get(wanted) ?? children(parent).find(({ id }) => id === wanted);
    const folder = found(named, `Folder with ID '${wanted}' not found`);
    if (!fields.forceDelete) requireEmpty(folder);
    parent.children.delete(folder.name);
    publishSecrets(state, "secret:delete", secretsBelow(folder));
    return { folder: folderView(folder) };
  });

  function changeFolder(folder: Folder, { name, description }: FolderContent): Folder {
    folder.parent?.children.delete(folder.name);
    folder.parent?.children.set(name, folder);
    const version = folder.version + 1;
    const changes = {
      name,
      version,
      updatedAt: state.timestamp(),
      ...(description !== undefined && { description }),
    };
    return Object.assign(folder, changes);
  }
}

function folderView(folder: Folder): Record<string, unknown> {
  const { environment, parent, children, secrets, personalSecrets, imports, dynamicSecrets, ...fields } =
    folder;
  return { ...fields, envId: environment.id, parentId: parent?.id ?? null, isReserved: false };
}

/** The folder of a change, checked against the names of its siblings. */
function folderToChange(
  project: Project,
  fields: FolderPlace & { readonly id: string; readonly name: string },
  message: string,
  labels: { readonly missing: string; readonly taken: string },
): Folder {
  const parent = requireFolder(project, fields, labels.missing);
  const named = children(parent).find(({ id, name }) => id === fields.id || name === fields.id);
  const folder = found(named, message, labels.missing);
  if (folder.name !== fields.name && parent.children.has(fields.name)) {
    throw badRequest("Folder with specified name already exists", labels.taken);
  }
  return folder;
}

/** The secrets that a folder takes with it when it is deleted. */
function secretsBelow(folder: Folder): Secret[] {
  return folderTree(folder).flatMap(({ secrets }) => [...secrets.values()]);
}

function requireEnvironment(project: Project, slug: string, place = ""): Environment {
  return found(findEnvironment(project, slug), `Environment with slug '${slug}'${place} not found`);
}

function requireEmpty({ name, secrets, dynamicSecrets, children: subfolders }: Folder): void {
  if (secrets.size + dynamicSecrets.size + subfolders.size === 0) return;
  throw badRequest(
    `Cannot delete folder "${name}" because it contains resources. Use forceDelete=true to delete it forcefully.`,
    "deleteFolder",
  );
}

function children(folder: Folder): Folder[] {
  return [...folder.children.values()].sort((left, right) => left.name.localeCompare(right.name, "en"));
}

/** All folders below one, level by level. */
function below(folder: Folder): Folder[] {
  const depth = (each: Folder): number => (each.parent ? depth(each.parent) + 1 : 0);
  return folderTree(folder)
    .slice(1)
    .sort((left, right) => depth(left) - depth(right) || left.name.localeCompare(right.name, "en"));
}
