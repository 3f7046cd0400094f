import { z } from "zod";
import { type ApiVersion, type FolderPlace, readPlaced } from "./folder-requests.js";
import { folderPath, trimmed } from "./schemas.js";

export interface ImportCreateRequest extends FolderPlace {
  readonly import: { readonly environment: string; readonly path: string };
  readonly isReplication: boolean;
}

export interface ImportUpdateRequest extends FolderPlace {
  readonly import: {
    readonly environment?: string | undefined;
    readonly path?: string | undefined;
    readonly position?: number | undefined;
  };
}

export function readImportCreation(version: ApiVersion, body: unknown): ImportCreateRequest {
  return readPlaced(version, body, {
    import: z.object({ environment: trimmed, path: trimmed.pipe(folderPath) }),
    isReplication: z.boolean().default(false),
  }) as ImportCreateRequest;
}

export function readImportUpdate(version: ApiVersion, body: unknown): ImportUpdateRequest {
  return readPlaced(version, body, {
    import: z.object({
      environment: trimmed.optional(),
      path: trimmed.pipe(folderPath).optional(),
      position: z.number().optional(),
    }),
  }) as ImportUpdateRequest;
}

/** Lists and deletions name nothing but the folder that imports. */
export function readImportPlace(version: ApiVersion, value: unknown): FolderPlace {
  return readPlaced(version, value, {});
}
