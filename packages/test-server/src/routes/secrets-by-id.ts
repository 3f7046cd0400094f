import { notFound } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { secretView, tagView } from "../secrets/secret-view.ts";
import type { Project, Secret } from "../state/entities.ts";
import { folderPath, folderTree } from "../state/folders.ts";
import { requirePermission } from "../state/permissions.ts";

/** Reads a secret by its id, whatever its name and location. */
export function registerSecretsById(routes: Routes, base: string): void {
  routes.authenticated("GET", `${base}/id/:secretId`, (request) => {
    const id = request.parameter("secretId");
    for (const project of routes.state.projects.all()) {
      const secret = findById(project, id);
      if (!secret) continue;
      requirePermission(request.identity, project, "read", "secrets");
      const secretPath = folderPath(secret.folder);
      return { secret: { ...secretView(secret), secretPath, tags: secret.tags.map(tagView) } };
    }
    throw notFound(`Secret with ID '${id}' not found`);
  });
}

function findById(project: Project, id: string): Secret | undefined {
  for (const { root } of project.environments.values()) {
    for (const folder of folderTree(root)) {
      for (const secret of folder.secrets.values()) {
        if (secret.id === id) return secret;
      }
    }
  }
  return undefined;
}
