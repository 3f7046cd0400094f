import type { Environment, Folder, SecretImport } from "./entities.js";
import type { ServerState } from "./server-state.js";

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
