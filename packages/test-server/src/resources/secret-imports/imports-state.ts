import type { ServerState } from "../../api/server-state.ts";
import { type Folder, findFolder } from "../folders/folders-state.ts";
import { type Environment, inOrder, moveTo } from "../projects/environments.ts";
import type { Entity } from "../projects/project.ts";
import { type Secret, sortById } from "../secrets/secrets-state.ts";

export interface SecretImport extends Entity {
  version: number;
  environment: Environment;
  path: string;
  position: number;
  readonly folder: Folder;
}

/** Where an import takes its secrets from. The folder need not exist. */
export type ImportSource = Pick<SecretImport, "environment" | "path">;

/** Adds an import behind the ones a folder has. */
export function addImport(
  state: ServerState,
  folder: Folder,
  { environment, path }: ImportSource,
): SecretImport {
  const positions = folder.imports.map(({ position }) => position);
  const position = Math.max(0, ...positions) + 1;
  const added = { ...state.newEntity(), version: 1, environment, path, position, folder };
  folder.imports.push(added);
  return added;
}

/** The imports of some folders, ordered by position. */
export function importsInOrder(...folders: readonly Folder[]): SecretImport[] {
  return inOrder(folders.flatMap(({ imports }) => imports));
}

/** Whether a folder would import from itself, directly or through other imports. */
export function isCyclic(folder: Folder, source: ImportSource, seen: Set<Folder> = new Set()): boolean {
  const from = findFolder(source.environment, source.path);
  if (!from || seen.has(from)) return false;
  seen.add(from);
  return from === folder || from.imports.some((next) => isCyclic(folder, next, seen));
}

/** Changes the source of an import, or its position, which shifts the others. */
export function changeImport(
  state: ServerState,
  source: SecretImport,
  { environment, path }: ImportSource,
  position: number | undefined,
): void {
  Object.assign(source, { environment, path, updatedAt: state.timestamp() });
  if (position) moveTo(Math.max(0, position - 1), source, source.folder.imports);
}

/** Takes an import away; the ones behind it move up. */
export function removeImport(source: SecretImport): void {
  const { imports } = source.folder;
  imports.splice(imports.indexOf(source), 1);
  for (const [index, other] of inOrder(imports).entries()) other.position = index + 1;
}

/**
 * The imports of some folders, ordered by position, with those of their sources merged into them.
 *
 * As on the real server, what is imported over more than two folders is missing, no import is followed twice, and
 * imports of folders that do not exist are left out unless there is another one.
 */
export function collectImports(folders: readonly Folder[]): ImportedSecrets[] {
  const seen = new Set<string>();
  const collected: ImportedSecrets[] = [];
  // Imports still to be followed, and the secrets that those they are made in have so far.
  const pending: { imports: readonly SecretImport[]; importer: Secret[] }[] = [
    { imports: importsInOrder(...folders), importer: [] },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const found = next.imports
      .filter((source) => !seen.has(sourceKey(source)))
      .map((source) => importedFrom(source));
    if (!found.some(({ folder }) => folder)) continue;
    for (const { source } of found) seen.add(sourceKey(source));
    const isTop = collected.length === 0;
    for (const imported of found) {
      if (imported.folder?.imports.length) {
        pending.push({ imports: importsInOrder(imported.folder), importer: imported.secrets });
      }
      if (isTop) collected.push(imported);
      else next.importer.push(...imported.secrets);
    }
  }
  return collected;
}

/** The secrets of an import, each name once: the folder's own take precedence over imported ones. */
export function uniqueSecrets({ secrets }: ImportedSecrets): Secret[] {
  const unique = new Map<string, Secret>();
  for (const secret of secrets) if (!unique.has(secret.key)) unique.set(secret.key, secret);
  return [...unique.values()];
}

type ImportedSecrets = ReturnType<typeof importedFrom>;

/** The secrets of one import: those of its folder; those that the folder itself imports come behind. */
function importedFrom(source: SecretImport) {
  const folder = findFolder(source.environment, source.path);
  return { source, folder, secrets: sortById(folder?.secrets.values() ?? []) };
}

function sourceKey({ environment, path }: SecretImport): string {
  return `${environment.id}:${path}`;
}
