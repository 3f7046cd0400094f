import { definePlugin, type Plugin } from "@infisical/core";
import { createTagsApi, type TagsApi } from "./tags-api.ts";

/** The plugin that adds `client.tags()`. */
export type TagsPlugin = Plugin<"tags", TagsApi>;

/**
 * Adds `client.tags()`: list, get, create, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { tags } from "@infisical/projects";
 * const client = createClient({ plugins: [tags()] });
 * const tagId = async () => (await client.tags().get({ projectId: "id", slug: "database" })).id;
 */
export function tags(): TagsPlugin {
  return definePlugin("tags", ({ http }) => createTagsApi(http));
}
