import type { Environment, Folder, Project } from "./entities.ts";
import type { ServerState } from "./server-state.ts";

/** The environment of a project with this slug. */
export function findEnvironment(project: Project, slug: string): Environment | undefined {
  for (const environment of project.environments.values()) {
    if (environment.slug === slug) return environment;
  }
  return undefined;
}

/** The folder at a path such as `/app/database`. A path without a leading slash or with `//` matches none. */
export function findFolder(environment: Environment | undefined, path: string): Folder | undefined {
  if (!environment || !path.startsWith("/") || path.includes("//")) return undefined;
  let folder: Folder | undefined = environment.root;
  for (const name of segments(path)) folder = folder?.children.get(name);
  return folder;
}

/** The folder at a path, created with its parents if it does not exist. */
export function ensureFolder(state: ServerState, environment: Environment, path: string): Folder {
  let folder = environment.root;
  for (const name of segments(path)) folder = folder.children.get(name) ?? addFolder(state, folder, name);
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
  const now = state.timestamp();
  return {
    id: state.identifiers.uuid(),
    name,
    version: 1,
    description: null,
    lastSecretModified: null,
    createdAt: now,
    updatedAt: now,
    environment,
    parent,
    children: new Map(),
    secrets: new Map(),
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

function segments(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}
