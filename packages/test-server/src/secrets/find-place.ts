import { notFound } from "../http/api-error.js";
import type { Folder, Project } from "../state/entities.js";
import { findEnvironment, findFolder } from "../state/folders.js";
import type { ServerState } from "../state/server-state.js";

/** How a request names a project. */
export interface ProjectReference {
  readonly id?: string | undefined;
  readonly slug?: string | undefined;
}

/** A folder of a project as a request names it. */
export interface SecretPlace {
  readonly project: Project;
  readonly environment: string;
  readonly path: string;
}

/** The project a secrets request names, by id or else by slug. */
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

/** The folder of a place, `undefined` where the environment or the path does not exist. */
export function placeFolder({ project, environment, path }: SecretPlace): Folder | undefined {
  return findFolder(findEnvironment(project, environment), path);
}

/** The folder of a place. Throws the 404 of the operation the label names. */
export function requireFolder(place: SecretPlace, label: string): Folder {
  const folder = placeFolder(place);
  if (!folder) throw notFound("Folder not found for the given environment slug & secret path", label);
  return folder;
}
