import { definePlugin, type Plugin } from "@infisical/core";
import { createFoldersApi, type FoldersApi } from "./folders-api.ts";

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
  return definePlugin("folders", ({ http }) => createFoldersApi(http));
}
