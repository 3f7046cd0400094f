import type { Folder } from "../state/entities.ts";
import { folderPath } from "../state/folders.ts";
import type { ApiVersion } from "./folder-requests.ts";

/** A folder as sent to clients. The newer version includes its path. */
export function folderView(version: ApiVersion, folder: Folder): Record<string, unknown> {
  return {
    id: folder.id,
    name: folder.name,
    version: folder.version,
    createdAt: folder.createdAt,
    updatedAt: folder.updatedAt,
    envId: folder.environment.id,
    parentId: folder.parent?.id ?? null,
    isReserved: false,
    description: folder.description,
    lastSecretModified: folder.lastSecretModified,
    ...(version === "v2" && { path: folderPath(folder) }),
  };
}
