import { notFound } from "../http/api-error.ts";
import type { Folder, Project } from "../state/entities.ts";
import { findEnvironment, findFolder } from "../state/folders.ts";
import type { ServerState } from "../state/server-state.ts";

/** The project of a request, by id or by slug. */
export interface ProjectReference {
  readonly id?: string | undefined;
  readonly slug?: string | undefined;
}

/** The location of secrets in a request: a folder of an environment. */
export interface SecretLocation {
  readonly project: Project;
  readonly environment: string;
  readonly path: string;
}

/** The project of a request for secrets, by id or else by slug. */
export function requireProject(state: ServerState, { id, slug }: ProjectReference): Project {
  if (id === undefined && slug !== undefined) {
    const project = state.projects.bySlug(slug);
    if (!project) throw notFound(`Project with slug '${slug}' not found`);
    return project;
  }
  const project = state.projects.byId(id ?? "");
  if (!project) {
    throw notFound("Project not found during bot lookup. Are you sure you are using the correct project ID?");
  }
  return project;
}

/** The folder at a location; `undefined` if the environment or the path does not exist. */
export function folderAt({ project, environment, path }: SecretLocation): Folder | undefined {
  return findFolder(findEnvironment(project, environment), path);
}

/** The folder at a location. Throws the 404 of the operation that the label names. */
export function requireFolder(location: SecretLocation, label: string): Folder {
  const folder = folderAt(location);
  if (!folder) throw notFound("Folder not found for the given environment slug & secret path", label);
  return folder;
}
