import { definePlugin, type Plugin } from "@infisical/core";
import { createProjectsApi, type ProjectsApi } from "./projects-api.ts";

/** The plugin that adds `client.projects()`. */
export type ProjectsPlugin = Plugin<"projects", ProjectsApi>;

/**
 * Adds `client.projects()`: create, get and invite members.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { projects } from "@infisical/projects";
 * const client = createClient({ plugins: [projects()] });
 * const environments = async () => (await client.projects().get({ slug: "web-shop" })).environments;
 */
export function projects(): ProjectsPlugin {
  return definePlugin("projects", ({ http }) => createProjectsApi(http));
}
