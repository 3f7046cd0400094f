import { badRequest, notFound } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import type { Environment, Folder } from "../state/entities.ts";
import { addFolder, ensureFolder, findFolder, folderPath, folderTree } from "../state/folders.ts";
import type { Action } from "../state/permissions.ts";
import { permittedProject, requireEnvironment } from "./find-project.ts";
import {
  type ApiVersion,
  type FolderLocation,
  type FolderWriteRequest,
  readFolderBatch,
  readFolderDeletion,
  readFolderList,
  readFolderWrite,
} from "./folder-requests.ts";
import { folderView } from "./folder-view.ts";

/** Folders. The versions differ in the name of the project field and in the path in responses. */
export function registerFolders(routes: Routes, version: ApiVersion): void {
  const { state } = routes;
  const base = `/api/${version}/folders`;

  const environmentOf = (
    request: AuthenticatedRequest,
    location: FolderLocation,
    action: Action,
    label: string,
  ): Environment => {
    const project = permittedProject(routes, request, location.projectId, action, "secret-folders");
    return requireEnvironment(project, location.environment, label);
  };

  const change = (request: AuthenticatedRequest, id: string, fields: FolderWriteRequest): Folder => {
    const environment = environmentOf(request, fields, "edit", "Update folder");
    const folder = requireChild(environment, fields.path, (child) => child.id === id);
    if (folder.name !== fields.name && folder.parent?.children.has(fields.name)) {
      throw badRequest("Folder with specified name already exists in this path");
    }
    folder.parent?.children.delete(folder.name);
    folder.parent?.children.set(fields.name, folder);
    folder.name = fields.name;
    if (fields.description !== undefined) folder.description = fields.description;
    folder.version += 1;
    folder.updatedAt = state.timestamp();
    return folder;
  };

  routes.authenticated("POST", base, (request) => {
    const fields = readFolderWrite(version, request.body());
    const environment = environmentOf(request, fields, "create", "Create folder");
    const parent = ensureFolder(state, environment, fields.path);
    const existing = parent.children.get(fields.name);
    const folder = existing ?? addFolder(state, parent, fields.name);
    if (!existing) folder.description = fields.description ?? null;
    return { folder: folderView(version, folder) };
  });

  routes.authenticated("GET", base, (request) => {
    const fields = readFolderList(version, request.query);
    const parent = findFolder(environmentOf(request, fields, "read", "get folders"), fields.path);
    if (!parent) return { folders: [] };
    const found = fields.recursive ? folderTree(parent).slice(1) : [...parent.children.values()];
    const folders = found
      .filter((folder) => modifiedSince(folder, fields.lastSecretModified))
      .map((folder) => ({
        ...folderView(version, folder),
        ...(fields.recursive && { relativePath: relativePath(parent, folder) }),
      }));
    return { folders };
  });

  routes.authenticated("GET", `${base}/:id`, (request) => {
    const folder = findById(routes, request.parameter("id"));
    if (!folder) throw notFound("Folder not found");
    const { id: envId, name: envName, slug: envSlug, projectId } = folder.environment;
    permittedProject(routes, request, projectId, "read", "secret-folders");
    const environment = { envId, envName, envSlug };
    return { folder: { ...folderView(version, folder), environment, path: folderPath(folder), projectId } };
  });

  routes.authenticated("PATCH", `${base}/batch`, (request) => {
    const { folders } = readFolderBatch(request.body());
    return { folders: folders.map((fields) => folderView(version, change(request, fields.id, fields))) };
  });

  routes.authenticated("PATCH", `${base}/:id`, (request) => {
    const fields = readFolderWrite(version, request.body());
    return { folder: folderView(version, change(request, request.parameter("id"), fields)) };
  });

  routes.authenticated("DELETE", `${base}/:idOrName`, (request) => {
    const location = readFolderDeletion(version, request.body());
    const environment = environmentOf(request, location, "delete", "Delete folder");
    const wanted = request.parameter("idOrName");
    const folder = requireChild(
      environment,
      location.path,
      ({ id, name }) => id === wanted || name === wanted,
    );
    folder.parent?.children.delete(folder.name);
    return { folder: folderView(version, folder) };
  });
}

function requireChild(environment: Environment, path: string, wanted: (folder: Folder) => boolean): Folder {
  const children = findFolder(environment, path)?.children.values() ?? [];
  for (const folder of children) if (wanted(folder)) return folder;
  throw notFound("Folder not found");
}

/** Folders without secrets have no date and are always listed. */
function modifiedSince({ lastSecretModified }: Folder, since: string | undefined): boolean {
  return !lastSecretModified || !since || lastSecretModified >= new Date(since).toISOString();
}

function relativePath(from: Folder, folder: Folder): string {
  return from.parent ? folderPath(folder).slice(folderPath(from).length) : folderPath(folder);
}

function findById({ state }: Routes, id: string): Folder | undefined {
  return state.projects
    .all()
    .flatMap(({ environments }) => [...environments.values()])
    .flatMap(({ root }) => folderTree(root))
    .find((folder) => folder.id === id);
}
