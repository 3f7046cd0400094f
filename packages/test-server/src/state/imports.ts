import type { Environment, Folder, SecretImport } from "./entities.ts";
import { folderTree } from "./folders.ts";
import type { ServerState } from "./server-state.ts";

/** Adds an import behind the ones a folder has. */
export function addImport(
  state: ServerState,
  folder: Folder,
  source: { readonly environment: Environment; readonly path: string },
): SecretImport {
  const now = state.timestamp();
  const positions = folder.imports.map(({ position }) => position);
  const added: SecretImport = {
    id: state.identifiers.uuid(),
    version: 1,
    environment: source.environment,
    path: source.path,
    position: Math.max(0, ...positions) + 1,
    folder,
    createdAt: now,
    updatedAt: now,
  };
  folder.imports.push(added);
  return added;
}

/** The imports of a folder, ordered by position. */
export function importsInOrder(folder: Folder): SecretImport[] {
  return [...folder.imports].sort((left, right) => left.position - right.position);
}

/** The import with this id, wherever it is. */
export function findImport({ projects }: ServerState, id: string): SecretImport | undefined {
  return projects
    .all()
    .flatMap(({ environments }) => [...environments.values()])
    .flatMap(({ root }) => folderTree(root))
    .flatMap(({ imports }) => imports)
    .find((source) => source.id === id);
}

/** Changes the source of an import, or its position, which shifts the others. */
export function changeImport(
  state: ServerState,
  source: SecretImport,
  changes: {
    readonly environment?: Environment | undefined;
    readonly path?: string | undefined;
    readonly position?: number | undefined;
  },
): SecretImport {
  if (changes.environment !== undefined) source.environment = changes.environment;
  if (changes.path !== undefined) source.path = changes.path;
  if (changes.position !== undefined) {
    const others = importsInOrder(source.folder).filter((other) => other !== source);
    others.splice(Math.max(0, changes.position - 1), 0, source);
    renumber(others);
  }
  source.updatedAt = state.timestamp();
  return source;
}

/** Takes an import away; the ones behind it move up. */
export function removeImport(source: SecretImport): void {
  const { imports } = source.folder;
  imports.splice(imports.indexOf(source), 1);
  renumber(importsInOrder(source.folder));
}

function renumber(imports: readonly SecretImport[]): void {
  for (const [index, source] of imports.entries()) source.position = index + 1;
}
