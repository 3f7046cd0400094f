import type { HttpClient, HttpRequest } from "@infisical/core";
import type { Folder, FolderWithPlace } from "./folder.ts";
import type {
  CreateFolderOptions,
  DeleteFolderOptions,
  GetFolderOptions,
  ListFoldersOptions,
  UpdateFolderOptions,
} from "./options.ts";
import { wire } from "./wire.ts";

/**
 * Manages the folders of an environment.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the folder or the
 * environment is unknown, `FORBIDDEN` where the identity may not do it, and see `docs/errors.md`.
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

/** Makes the methods that `client.folders()` gives. */
export function createFoldersApi(http: HttpClient): FoldersApi {
  const send = async <Result extends Folder>(request: HttpRequest): Promise<Result> =>
    (await http.request<{ folder: Result }>(request)).folder;
  return {
    create: async (options) => send(wire.createFolder(options)),
    listFolders: async (options) =>
      (await http.request<{ folders: Folder[] }>(wire.listFolders(options))).folders,
    get: async (options) => send(wire.getFolder(options)),
    update: async (options) => send(wire.updateFolder(options)),
    delete: async (options) => send(wire.deleteFolder(options)),
  };
}
