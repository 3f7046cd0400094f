import { apiPath, type HttpRequest } from "@infisical/core";
import { either } from "../either.ts";
import type {
  CreateFolderOptions,
  DeleteFolderOptions,
  GetFolderOptions,
  ListFoldersOptions,
  UpdateFolderOptions,
} from "./options.ts";

const base = "/api/v1/folders";
const expect = { folder: "object" } as const;

/** The v1 routes, which current servers keep: those of 2024 have no v2. They call the project a workspace. */
export const wire = {
  createFolder({ projectId, signal, timeout, ...fields }: CreateFolderOptions): HttpRequest {
    return {
      method: "POST",
      path: base,
      body: { workspaceId: projectId, ...fields },
      signal,
      timeout,
      expect,
    };
  },

  listFolders({ projectId, signal, timeout, ...fields }: ListFoldersOptions): HttpRequest {
    return {
      method: "GET",
      path: base,
      query: { workspaceId: projectId, ...fields },
      signal,
      timeout,
      expect: { folders: "array" },
    };
  },

  getFolder({ folderId, signal, timeout }: GetFolderOptions): HttpRequest {
    return { method: "GET", path: apiPath`/api/v1/folders/${{ folderId }}`, signal, timeout, expect };
  },

  updateFolder({ projectId, folderId, signal, timeout, ...fields }: UpdateFolderOptions): HttpRequest {
    return {
      method: "PATCH",
      path: apiPath`/api/v1/folders/${{ folderId }}`,
      body: { workspaceId: projectId, ...fields },
      signal,
      timeout,
      expect,
    };
  },

  deleteFolder(options: DeleteFolderOptions): HttpRequest {
    const { projectId, environment, path, signal, timeout } = options;
    const { name, value } = either(options, "folderId", "name");
    return {
      method: "DELETE",
      path: apiPath`/api/v1/folders/${{ [name]: value }}`,
      body: { workspaceId: projectId, environment, path },
      signal,
      timeout,
      expect,
    };
  },
};
