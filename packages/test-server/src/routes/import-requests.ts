import { z } from "zod";
import { type ApiVersion, type FolderLocation, readWithLocation } from "./folder-requests.ts";
import { folderPath, trimmed } from "./schemas.ts";

export interface ImportCreateRequest extends FolderLocation {
  readonly import: { readonly environment: string; readonly path: string };
  readonly isReplication: boolean;
}

export interface ImportUpdateRequest extends FolderLocation {
  readonly import: {
    readonly environment?: string | undefined;
    readonly path?: string | undefined;
    readonly position?: number | undefined;
  };
}

export function readImportCreation(version: ApiVersion, body: unknown): ImportCreateRequest {
  return readWithLocation(version, body, {
    import: z.object({ environment: trimmed, path: trimmed.pipe(folderPath) }),
    isReplication: z.boolean().default(false),
  }) as ImportCreateRequest;
}

export function readImportUpdate(version: ApiVersion, body: unknown): ImportUpdateRequest {
  return readWithLocation(version, body, {
    import: z.object({
      environment: trimmed.optional(),
      path: trimmed.pipe(folderPath).optional(),
      position: z.number().optional(),
    }),
  }) as ImportUpdateRequest;
}

/** Lists and deletions only name the importing folder. */
export function readImportLocation(version: ApiVersion, value: unknown): FolderLocation {
  return readWithLocation(version, value, {});
}
