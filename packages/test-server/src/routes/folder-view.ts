import type { Folder } from "../state/entities.js";
import { folderPath } from "../state/folders.js";
import type { ApiVersion } from "./folder-requests.js";

/** A folder as it goes over the wire; the newer version says its path too. */
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
