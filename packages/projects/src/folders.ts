import { definePlugin, type HttpRequest, type Plugin, type ResponseShape } from "@infisical/core";
import {
  apiPath,
  type OptionRules,
  parseCallOptions,
  requireFlag,
  requireString,
  requireText,
} from "@infisical/core/authoring";
import type {
  CreateFolderOptions,
  DeleteFolderOptions,
  Folder,
  FolderWithLocation,
  GetFolderOptions,
  ListFoldersOptions,
  UpdateFolderOptions,
} from "./folder-types.ts";
import { assertNoOptions, locationRules, requireEither, workspaceFields } from "./shared-options.ts";

/**
 * Manages the folders of an environment.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the folder or the environment is unknown, `FORBIDDEN` if the identity
 * is not allowed to do this. For the other codes see `docs/errors.md`.
 */
export interface FoldersApi {
  /**
   * Creates a folder and its missing parents. Older servers return an existing folder as it is.
   *
   * @param options - Its name and location.
   * @returns The folder.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the environment does not exist. `ALREADY_EXISTS`: the folder exists.
   */
  create(options: CreateFolderOptions): Promise<Folder>;
  /**
   * Lists the folders of a folder. The list of an unknown path is empty: servers answer this way.
   *
   * @param options - Where to look, and how.
   * @returns The folders.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the environment does not exist.
   */
  listFolders(options: ListFoldersOptions): Promise<Folder[]>;
  /**
   * Gets one folder with its location.
   *
   * @param options - Its id.
   * @returns The folder.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder does not exist.
   */
  get(options: GetFolderOptions): Promise<FolderWithLocation>;
  /**
   * Changes the name or the description of a folder.
   *
   * @param options - Which one, its location, and the changes.
   * @returns The changed folder.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder or the environment does not exist.
   */
  update(options: UpdateFolderOptions): Promise<Folder>;
  /**
   * Deletes a folder; with `forceDelete`, everything in it as well.
   *
   * @param options - Which one, and its location.
   * @returns The deleted folder.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither or both of `folderId` and `name` are given.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder or the environment does not exist. `BAD_REQUEST`: it is
   * not empty.
   */
  delete(options: DeleteFolderOptions): Promise<Folder>;
}

/** The plugin that adds `client.folders()`. */
export type FoldersPlugin = Plugin<"folders", FoldersApi>;

const folderShape: ResponseShape = {
  id: "string",
  name: "string",
  "description?": "string",
  "version?": "number",
  "envId?": "string",
  "parentId?": "string",
  "isReserved?": "boolean",
  "lastSecretModified?": "string",
  "path?": "string",
  "relativePath?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};

const folderWithLocationShape: ResponseShape = {
  ...folderShape,
  "projectId?": "string",
  "environment?": { "envId?": "string", "envName?": "string", "envSlug?": "string" },
};

const description = (option: string, value: unknown): string | null =>
  value === null ? value : requireString(option, value);

const optionRules = {
  create: { ...locationRules, name: requireText, "description?": description },
  list: { ...locationRules, "recursive?": requireFlag, "lastSecretModified?": requireText },
  get: { folderId: requireText },
  update: { ...locationRules, folderId: requireText, name: requireText, "description?": description },
  delete: {
    ...locationRules,
    "folderId?": requireText,
    "name?": requireText,
    "forceDelete?": requireFlag,
  },
} satisfies Record<string, OptionRules>;

/**
 * Adds `client.folders()`: create, list, get, update and delete.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { folders } from "@infisical/projects";
 * const client = createClient({ plugins: [folders()] });
 * const list = () => client.folders().listFolders({ projectId: "id", environment: "dev", recursive: true });
 */
export function folders(options?: Readonly<Record<string, never>>): FoldersPlugin {
  assertNoOptions("", options);
  return definePlugin("folders", ({ http }): FoldersApi => {
    const send = async (request: HttpRequest): Promise<Folder> => {
      const expect = { folder: folderShape };
      return (await http.request<{ folder: Folder }>({ ...request, expect })).folder;
    };
    // All servers have the v1 routes; older servers have no v2.
    const path = "/api/v1/folders";
    return {
      async create(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.create);
        return send({
          operation: "folders.create",
          method: "POST",
          path,
          body: workspaceFields(rest),
          signal,
          timeout,
        });
      },
      async listFolders(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.list);
        const response = await http.request<{ folders: Folder[] }>({
          operation: "folders.listFolders",
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
        const response = await http.request<{ folder: FolderWithLocation }>({
          operation: "folders.get",
          method: "GET",
          path: apiPath`/api/v1/folders/${{ folderId }}`,
          signal,
          timeout,
          expect: { folder: folderWithLocationShape },
        });
        return response.folder;
      },
      async update(options) {
        const { folderId, signal, timeout, ...rest } = parseCallOptions(options, optionRules.update);
        const path = apiPath`/api/v1/folders/${{ folderId }}`;
        return send({
          operation: "folders.update",
          method: "PATCH",
          path,
          body: workspaceFields(rest),
          signal,
          timeout,
        });
      },
      async delete(options) {
        const parsed = parseCallOptions(options, optionRules.delete);
        const { folderId: _id, name: _name, signal, timeout, ...rest } = parsed;
        const { name, value } = requireEither(parsed, "folderId", "name");
        const path = apiPath`/api/v1/folders/${{ [name]: value }}`;
        return send({
          operation: "folders.delete",
          target: { [name]: value },
          method: "DELETE",
          path,
          body: workspaceFields(rest),
          signal,
          timeout,
        });
      },
    };
  });
}
