import { badRequest } from "../../api/api-error.ts";
import type { ServerState } from "../../api/server-state.ts";
import type { DynamicSecret } from "../dynamic-secrets/dynamic-secret.ts";
import type { Environment } from "../projects/environments.ts";
import { type Entity, found, type Project } from "../projects/project.ts";
import type { SecretImport } from "../secret-imports/imports-state.ts";
import type { Secret } from "../secrets/secrets-state.ts";

/** The names that folders can have. */
export const folderName = /^[a-zA-Z0-9-_]+$/;

export interface Folder extends Entity {
  name: string;
  version: number;
  description: string | null;
  lastSecretModified: string | null;
  readonly environment: Environment;
  readonly parent: Folder | null;
  readonly children: Map<string, Folder>;
  readonly secrets: Map<string, Secret>;
  /** Those of users, which take the place of shared ones. The last changed one is at the end. */
  personalSecrets: Secret[];
  readonly imports: SecretImport[];
  /** By name, in the order of creation. */
  readonly dynamicSecrets: Map<string, DynamicSecret>;
}

/** The environment of a project with this slug. */
export function findEnvironment(project: Project, slug: string): Environment | undefined {
  return [...project.environments.values()].find((environment) => environment.slug === slug);
}

/** The folder at a path such as `/app/database`. A path without a leading slash or with `//` matches none. */
export function findFolder(environment: Environment | undefined, path: string): Folder | undefined {
  if (!environment || !path.startsWith("/") || path.includes("//")) return undefined;
  let folder: Folder | undefined = environment.root;
  for (const name of pathSegments(path)) folder = folder?.children.get(name);
  return folder;
}

/** The folder at a path, created with its parents if it does not exist. */
export function ensureFolder(state: ServerState, environment: Environment, path: string): Folder {
  let folder = environment.root;
  for (const name of pathSegments(path)) folder = folder.children.get(name) ?? addFolder(state, folder, name);
  return folder;
}

/** Adds a folder to its parent. */
export function addFolder(state: ServerState, parent: Folder, name: string): Folder {
  const folder = newFolder(state, parent.environment, parent, name);
  parent.children.set(name, folder);
  return folder;
}

/** A folder that is not yet attached. The root of an environment is called `root` and has no parent. */
export function newFolder(
  state: ServerState,
  environment: Environment,
  parent: Folder | null,
  name: string,
): Folder {
  return {
    ...state.newEntity(),
    name,
    version: 1,
    description: null,
    lastSecretModified: null,
    environment,
    parent,
    children: new Map(),
    secrets: new Map(),
    personalSecrets: [],
    imports: [],
    dynamicSecrets: new Map(),
  };
}

/** The path of a folder in its environment, `/` for the root. */
export function folderPath(folder: Folder): string {
  const names: string[] = [];
  for (let at: Folder | null = folder; at?.parent; at = at.parent) names.unshift(at.name);
  return `/${names.join("/")}`;
}

/** A folder and all below it, as deep as the real server looks (20 levels). */
export function folderTree(root: Folder, depth = 20): Folder[] {
  if (depth < 0) return [];
  return [root, ...[...root.children.values()].flatMap((child) => folderTree(child, depth - 1))];
}

/** Every folder of every project, the root folders included. */
export function allFolders({ projects }: ServerState): Folder[] {
  return projects.all().flatMap(projectFolders);
}

/** Every folder of a project, the root folders included. */
export function projectFolders({ environments }: Project): Folder[] {
  return [...environments.values()].flatMap(({ root }) => folderTree(root));
}

/** Every secret of a project. */
export function projectSecrets(project: Project): Secret[] {
  return projectFolders(project).flatMap(({ secrets }) => [...secrets.values()]);
}

/** The names on a path. */
export function pathSegments(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}

/** A folder as requests name it. */
export interface FolderPlace {
  readonly environment: string;
  readonly path: string;
}

/** The folder at a place. Throws the 404 of the operation that the label names. */
export function requireFolder(project: Project, place: FolderPlace, label?: string): Folder {
  const { environment, path } = place;
  const message = `Folder with path '${path}' in environment with slug '${environment}' not found`;
  return found(folderAt(project, place), message, label);
}

/** The folder at a place, if there is one. Throws 400 for a path that no folder can have. */
export function folderAt(project: Project, { environment, path }: FolderPlace): Folder | undefined {
  requireReadablePath(path);
  return findFolder(findEnvironment(project, environment), path);
}

/** Throws 400 for a path that no folder can have. */
export function requireReadablePath(path: string): void {
  if (pathSegments(path).every((name) => folderName.test(name))) return;
  throw badRequest("Invalid secret path. Only alphanumeric characters, dashes, and underscores are allowed.");
}
