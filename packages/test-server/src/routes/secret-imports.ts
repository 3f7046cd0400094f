import { badRequest, notFound } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { collectImports } from "../secrets/collect-imports.ts";
import { ReferenceExpander } from "../secrets/expand-references.ts";
import { importedSecretView } from "../secrets/secret-view.ts";
import type { Environment, Folder, Project, SecretImport } from "../state/entities.ts";
import { findEnvironment, findFolder, folderPath } from "../state/folders.ts";
import { addImport, changeImport, findImport, importsInOrder, removeImport } from "../state/imports.ts";
import { type Action, requirePermission } from "../state/permissions.ts";
import { permittedProject } from "./find-project.ts";
import type { ApiVersion, FolderLocation } from "./folder-requests.ts";
import { readImportCreation, readImportLocation, readImportUpdate } from "./import-requests.ts";
import { importView } from "./import-view.ts";

/** Secret imports. The versions differ only in the name of the project field. */
export function registerSecretImports(routes: Routes, version: ApiVersion): void {
  const { state } = routes;
  const base = `/api/${version}/secret-imports`;

  const permittedFolder = (
    request: AuthenticatedRequest,
    location: FolderLocation,
    action: Action,
    label: string,
  ): { readonly project: Project; readonly folder: Folder } => {
    const project = permittedProject(routes, request, location.projectId, action, "secret-imports");
    const folder = findFolder(findEnvironment(project, location.environment), location.path);
    if (!folder) throw notFound("Folder not found", label);
    return { project, folder };
  };

  routes.authenticated("POST", base, (request) => {
    const fields = readImportCreation(version, request.body());
    const { project, folder } = permittedFolder(request, fields, "create", "Create import");
    requirePermission(request.identity, project, "read", "secrets");
    if (fields.isReplication) {
      throw badRequest(
        "Failed to create secret replication due to plan restriction. Upgrade plan to create replication.",
      );
    }
    const environment = sourceEnvironment(project, fields.import.environment, "Create import");
    rejectCycle(environment, fields.import.path, folder);
    const added = addImport(state, folder, { environment, path: fields.import.path });
    return { message: "Successfully created secret import", secretImport: importView(added) };
  });

  routes.authenticated("GET", base, (request) => {
    const { folder } = permittedFolder(
      request,
      readImportLocation(version, request.query),
      "read",
      "Get imports",
    );
    const secretImports = importsInOrder(folder).map(importView);
    return { message: "Successfully fetched secret imports", secretImports };
  });

  routes.authenticated("GET", `${base}/secrets`, (request) => {
    const { project, folder } = permittedFolder(
      request,
      readImportLocation(version, request.query),
      "read",
      "Get imports",
    );
    requirePermission(request.identity, project, "read", "secrets");
    const expander = new ReferenceExpander(project);
    const secrets = collectImports([folder]).map(({ source, folder: from, secrets: imported }) => {
      const { id, name, slug } = source.environment;
      return {
        secretPath: source.path,
        environment: slug,
        environmentInfo: { id, name, slug },
        ...(from && { folderId: from.id }),
        secrets: imported.map((secret) =>
          importedSecretView(secret, { value: expander.expandSecret(secret) }),
        ),
      };
    });
    return { secrets };
  });

  routes.authenticated("GET", `${base}/:id`, (request) => {
    const source = findImport(state, request.parameter("id"));
    if (!source) throw notFound("Secret import not found");
    const { id, name, slug, projectId } = source.folder.environment;
    permittedProject(routes, request, projectId, "read", "secret-imports");
    const secretPath = folderPath(source.folder);
    return {
      secretImport: { ...importView(source), environment: { id, name, slug }, projectId, secretPath },
    };
  });

  routes.authenticated("PATCH", `${base}/:id`, (request) => {
    const fields = readImportUpdate(version, request.body());
    const { project, folder } = permittedFolder(request, fields, "edit", "Update import");
    const source = requireImport(folder, request.parameter("id"));
    const { environment, ...rest } = fields.import;
    const changed = changeImport(state, source, {
      ...rest,
      ...(environment !== undefined && {
        environment: sourceEnvironment(project, environment, "Update import"),
      }),
    });
    return { message: "Successfully updated secret import", secretImport: importView(changed) };
  });

  routes.authenticated("DELETE", `${base}/:id`, (request) => {
    const { folder } = permittedFolder(
      request,
      readImportLocation(version, request.body()),
      "delete",
      "Delete import",
    );
    const source = requireImport(folder, request.parameter("id"));
    removeImport(source);
    return { message: "Successfully deleted secret import", secretImport: importView(source) };
  });
}

function sourceEnvironment(project: Project, slug: string, label: string): Environment {
  const environment = findEnvironment(project, slug);
  if (!environment) throw notFound("The requested entity is not found", label);
  return environment;
}

function requireImport(folder: Folder, id: string): SecretImport {
  const source = folder.imports.find((candidate) => candidate.id === id);
  if (!source) throw notFound("Secret import not found");
  return source;
}

/** Two folders cannot import each other. Longer cycles are accepted, and reading them terminates. */
function rejectCycle(environment: Environment, path: string, importer: Folder): void {
  const source = findFolder(environment, path);
  const importsBack = source?.imports.some(
    (existing) => existing.environment === importer.environment && existing.path === folderPath(importer),
  );
  if (importsBack && source !== importer) throw notFound("Cyclic import not allowed");
}
