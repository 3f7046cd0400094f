import type { SecretImport } from "../state/entities.ts";

/** A secret import as it goes over the wire. */
export function importView(source: SecretImport): Record<string, unknown> {
  const { id, name, slug } = source.environment;
  return {
    id: source.id,
    version: source.version,
    importPath: source.path,
    position: source.position,
    createdAt: source.createdAt,
    updatedAt: source.updatedAt,
    folderId: source.folder.id,
    isReplication: false,
    isReplicationSuccess: null,
    replicationStatus: null,
    lastReplicated: null,
    isReserved: false,
    importEnv: { name, slug, id },
  };
}
