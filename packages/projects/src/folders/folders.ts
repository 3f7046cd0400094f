import { definePlugin, type HttpRequest, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions } from "@infisical/core/authoring";
import { either } from "../either.ts";
import { workspaceFields } from "../workspace-fields.ts";
import { type Folder, type FolderWithPlace, folderShape, folderWithPlaceShape } from "./folder.ts";
import {
  type CreateFolderOptions,
  type DeleteFolderOptions,
  type GetFolderOptions,
  type ListFoldersOptions,
  optionRules,
  type UpdateFolderOptions,
} from "./options.ts";

/**
 * Manages the folders of an environment.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` where the folder or the environment is unknown, `FORBIDDEN` where the identity may not do it, and see `docs/errors.md`.
 */
export interface FoldersApi {
  /**
   * Makes a folder, with the folders above it. One that is there already is given back as it is.
   *
   * @param options - Its name, and where to put it.
   * @returns The folder.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such environment.
   */
  create(options: CreateFolderOptions): Promise<Folder>;
  /**
   * Lists the folders of a folder. An unknown path gives an empty list: that is how the server answers.
   *
   * @param options - Where to look, and how.
   * @returns The folders.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such environment.
   */
  listFolders(options: ListFoldersOptions): Promise<Folder[]>;
  /**
   * Gets one folder, with where it is.
   *
   * @param options - Its id.
   * @returns The folder.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such folder.
   */
  get(options: GetFolderOptions): Promise<FolderWithPlace>;
  /**
   * Renames or describes a folder.
   *
   * @param options - Which one, where it is, and what it is to be.
   * @returns The folder as it is now.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such folder or environment.
   */
  update(options: UpdateFolderOptions): Promise<Folder>;
  /**
   * Deletes a folder with all that is in it.
   *
   * @param options - Which one, and where it is.
   * @returns The folder as it was.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither `folderId` nor `name` is given, or both are.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such folder or environment.
   */
  delete(options: DeleteFolderOptions): Promise<Folder>;
}

/** The plugin that adds `client.folders()`. */
export type FoldersPlugin = Plugin<"folders", FoldersApi>;

/**
 * Adds `client.folders()`: create, list, get, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { folders } from "@infisical/projects";
 * const client = createClient({ plugins: [folders()] });
 * const list = () => client.folders().listFolders({ projectId: "id", environment: "dev", recursive: true });
 */
export function folders(): FoldersPlugin {
  return definePlugin("folders", ({ http }): FoldersApi => {
    const send = async (request: HttpRequest): Promise<Folder> => {
      const expect = { folder: folderShape };
      return (await http.request<{ folder: Folder }>({ ...request, expect })).folder;
    };
    // The v1 routes, which current servers keep: those of 2024 have no v2.
    const path = "/api/v1/folders";
    return {
      async create(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.create);
        return send({ method: "POST", path, body: workspaceFields(rest), signal, timeout });
      },
      async listFolders(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.list);
        const response = await http.request<{ folders: Folder[] }>({
          method: "GET",
          path,
          query: workspaceFields(rest),
          signal,
          timeout,
          expect: { folders: [folderShape] },
        });
        return response.folders;
      },
      async get(options) {
        const { folderId, signal, timeout } = parseCallOptions(options, optionRules.get);
        const response = await http.request<{ folder: FolderWithPlace }>({
          method: "GET",
          path: apiPath`/api/v1/folders/${{ folderId }}`,
          signal,
          timeout,
          expect: { folder: folderWithPlaceShape },
        });
        return response.folder;
      },
      async update(options) {
        const { folderId, signal, timeout, ...rest } = parseCallOptions(options, optionRules.update);
        const path = apiPath`/api/v1/folders/${{ folderId }}`;
        return send({ method: "PATCH", path, body: workspaceFields(rest), signal, timeout });
      },
      async delete(options) {
        const parsed = parseCallOptions(options, optionRules.delete);
        const { folderId: _id, name: _name, signal, timeout, ...rest } = parsed;
        const which = either(parsed, "folderId", "name");
        const path = apiPath`/api/v1/folders/${{ [which.name]: which.value }}`;
        return send({ method: "DELETE", path, body: workspaceFields(rest), signal, timeout });
      },
    };
  });
}
