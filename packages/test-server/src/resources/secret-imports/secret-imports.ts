import { z } from "zod";
import { badRequest } from "../../api/api-error.ts";
import { requirePermission } from "../../api/permissions.ts";
import type { Routes } from "../../api/routes.ts";
import { trimmed, validate } from "../../api/schemas.ts";
import { publishImports } from "../events/secret-events.ts";
import { type ApiVersion, projectOf } from "../folders/folders.ts";
import {
  allFolders,
  type Folder,
  findEnvironment,
  folderAt,
  folderPath,
  requireFolder,
  requireReadablePath,
} from "../folders/folders-state.ts";
import type { Environment } from "../projects/environments.ts";
import { found, type Project, permittedProject } from "../projects/project.ts";
import { normalizedPath, secretPath } from "../secrets/fields.ts";
import { importedSecretView } from "../secrets/view.ts";
import {
  addImport,
  changeImport,
  collectImports,
  type ImportSource,
  importsInOrder,
  isCyclic,
  removeImport,
  type SecretImport,
} from "./imports-state.ts";

const subject = "secret-imports";
const sourcePath = trimmed.transform(normalizedPath);
const newSource = z.object({ environment: trimmed, path: sourcePath });
const changedSource = newSource.partial().extend({ position: z.number().optional() });

/** Secret imports. The versions differ only in the name of the project field. */
export function registerSecretImports(routes: Routes, version: ApiVersion): void {
  const { state } = routes;
  const base = `/api/${version}/secret-imports`;
  const place = z.object({ ...projectOf[version], environment: trimmed, path: secretPath });
  const creationBody = place.extend({ import: newSource, isReplication: z.boolean().default(false) });
  const updateBody = place.extend({ import: changedSource });

  routes.authenticated("POST", base, (request) => {
    const fields = validate(creationBody, request.body());
    const project = permittedProject(routes, request, fields, "create", subject);
    requirePermission(request.identity, project, "read", "secrets");
    if (fields.isReplication) {
      const reason = "due to plan restriction. Upgrade plan to create replication.";
      throw badRequest(`Failed to create secret replication ${reason}`);
    }
    const folder = requireFolder(project, fields);
    const environment = sourceEnvironment(project, fields.import.environment);
    const added = addImport(state, folder, checked(folder, { environment, path: fields.import.path }));
    publishImports(state, folder);
    return { message: "Successfully created secret import", secretImport: importView(added) };
  });

  routes.authenticated("GET", base, (request) => {
    const fields = validate(place, request.query);
    const folder = requireFolder(permittedProject(routes, request, fields, "read", subject), fields);
    const secretImports = importsInOrder(folder).map(importView);
    return { message: "Successfully fetched secret imports", secretImports };
  });

  routes.authenticated("GET", `${base}/secrets`, (request) => {
    const fields = validate(place, request.query);
    const project = permittedProject(routes, request, fields, "read", subject);
    const folder = folderAt(project, fields);
    const imports = folder ? collectImports([folder]) : [];
    return {
      secrets: imports.map(({ source, folder: from, secrets }) => ({
        secretPath: source.path,
        environment: source.environment.slug,
        environmentInfo: environmentView(source.environment),
        ...(from && { folderId: from.id }),
        secrets: secrets.map((secret) => ({
          ...importedSecretView(secret, source.environment.slug),
          createdAt: secret.createdAt,
          updatedAt: secret.updatedAt,
        })),
      })),
    };
  });

  routes.authenticated("GET", `${base}/:id`, (request) => {
    const id = request.parameter("id");
    const all = allFolders(state).flatMap(({ imports }) => imports);
    const source = found(byId(all, id), `Secret import with ID '${id}' not found`);
    const { environment } = source.folder;
    permittedProject(routes, request, environment.projectId, "read", subject);
    return {
      secretImport: {
        ...importView(source),
        environment: environmentView(environment),
        projectId: environment.projectId,
        secretPath: folderPath(source.folder),
      },
    };
  });

  routes.authenticated("PATCH", `${base}/:id`, (request) => {
    const fields = validate(updateBody, request.body());
    const project = permittedProject(routes, request, fields, "edit", subject);
    const folder = requireFolder(project, fields);
    const source = byId(folder.imports, request.parameter("id"));
    if (!source) throw badRequest("Secret import not found");
    const { environment: slug, position } = fields.import;
    const environment = slug ? sourceEnvironment(project, slug) : source.environment;
    const changed = { environment, path: fields.import.path ?? source.path };
    changeImport(state, source, checked(folder, changed), position);
    publishImports(state, folder);
    return { message: "Successfully updated secret import", secretImport: importView(source) };
  });

  routes.authenticated("DELETE", `${base}/:id`, (request) => {
    const fields = validate(place, request.body());
    const folder = requireFolder(permittedProject(routes, request, fields, "delete", subject), fields);
    const id = request.parameter("id");
    const source = found(byId(folder.imports, id), `Secret import with folder ID '${id}' not found`);
    removeImport(source);
    publishImports(state, folder);
    return { message: "Successfully deleted secret import", secretImport: importView(source) };
  });
}

function importView({ environment, path, folder, ...fields }: SecretImport): Record<string, unknown> {
  return {
    ...fields,
    importPath: path,
    folderId: folder.id,
    isReplication: false,
    isReplicationSuccess: null,
    replicationStatus: null,
    lastReplicated: null,
    isReserved: false,
    importEnv: environmentView(environment),
  };
}

function environmentView({ id, name, slug }: Environment): Pick<Environment, "id" | "name" | "slug"> {
  return { id, name, slug };
}

/** The real server gives no reason here. */
function sourceEnvironment(project: Project, slug: string): Environment {
  return found(findEnvironment(project, slug), "The requested entity is not found");
}

function byId(imports: readonly SecretImport[], id: string): SecretImport | undefined {
  return imports.find((source) => source.id === id);
}

/** The source of an import of a folder, which must not import from itself. */
function checked(folder: Folder, source: ImportSource): ImportSource {
  requireReadablePath(source.path);
  if (isCyclic(folder, source)) throw badRequest("Cyclic import not allowed");
  return source;
}
