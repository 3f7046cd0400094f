import type { HttpRequest } from "@infisical/core";
import { apiPath } from "@infisical/core/authoring";
import { either } from "../either.ts";
import { workspaceRequest } from "../workspace-request.ts";
import type {
  CreateFolderOptions,
  DeleteFolderOptions,
  GetFolderOptions,
  ListFoldersOptions,
  UpdateFolderOptions,
} from "./options.ts";

const base = "/api/v1/folders";
const expect = { folder: "object" } as const;

/** The v1 routes, which current servers keep: those of 2024 have no v2. */
export const wire = {
  createFolder(options: CreateFolderOptions): HttpRequest {
    return workspaceRequest("POST", base, options, expect);
  },

  listFolders(options: ListFoldersOptions): HttpRequest {
    return workspaceRequest("GET", base, options, { folders: "array" });
  },

  getFolder({ folderId, signal, timeout }: GetFolderOptions): HttpRequest {
    return { method: "GET", path: apiPath`/api/v1/folders/${{ folderId }}`, signal, timeout, expect };
  },

  updateFolder({ folderId, ...options }: UpdateFolderOptions): HttpRequest {
    return workspaceRequest("PATCH", apiPath`/api/v1/folders/${{ folderId }}`, options, expect);
  },

  deleteFolder({ folderId, name, ...options }: DeleteFolderOptions): HttpRequest {
    const which = either({ folderId, name }, "folderId", "name");
    const path = apiPath`/api/v1/folders/${{ [which.name]: which.value }}`;
    return workspaceRequest("DELETE", path, options, expect);
  },
};
