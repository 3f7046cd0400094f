import type { Folder, Secret, SecretImport } from "../state/entities.ts";
import { findFolder } from "../state/folders.ts";
import { importsInOrder } from "../state/imports.ts";

/** The secrets of one import: those of its folder, then those that the folder itself imports. */
export interface ImportedSecrets {
  readonly source: SecretImport;
  readonly folder: Folder | undefined;
  readonly secrets: readonly Secret[];
}

const deepest = 10;

/**
 * The imports of some folders, ordered by position, with nested ones merged into their parents.
 *
 * An import already met, on the way down or on a level above, is not followed again, so cycles terminate.
 */
export function collectImports(folders: readonly Folder[]): ImportedSecrets[] {
  return collectLevel(folders, new Set(), 0);
}

function collectLevel(folders: readonly Folder[], seen: Set<string>, depth: number): ImportedSecrets[] {
  if (depth > deepest) return [];
  const imports = folders.flatMap(importsInOrder).filter((source) => !seen.has(sourceKey(source)));
  for (const source of imports) seen.add(sourceKey(source));
  return imports.map((source) => {
    const folder = findFolder(source.environment, source.path);
    const nested = folder ? collectLevel([folder], seen, depth + 1) : [];
    return { source, folder, secrets: mergeSecrets(folder, nested) };
  });
}

/** The folder's own secrets take precedence over imported ones of the same name. */
function mergeSecrets(folder: Folder | undefined, nested: readonly ImportedSecrets[]): Secret[] {
  const merged = new Map<string, Secret>();
  for (const secret of [
    ...sortById(folder?.secrets.values() ?? []),
    ...nested.flatMap(({ secrets }) => secrets),
  ]) {
    if (!merged.has(secret.key)) merged.set(secret.key, secret);
  }
  return [...merged.values()];
}

/** Lists are ordered by id, not by name or date. */
export function sortById<Entity extends { readonly id: string }>(entities: Iterable<Entity>): Entity[] {
  return [...entities].sort((left, right) => (left.id < right.id ? -1 : 1));
}

function sourceKey({ environment, path }: SecretImport): string {
  return `${environment.id}:${path}`;
}
