import { definePlugin, type Plugin } from "@infisical/core";
import { createEnvironmentsApi, type EnvironmentsApi } from "./environments-api.ts";

/** The plugin that adds `client.environments()`. */
export type EnvironmentsPlugin = Plugin<"environments", EnvironmentsApi>;

/**
 * Adds `client.environments()`: create, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { environments } from "@infisical/projects";
 * const client = createClient({ plugins: [environments()] });
 * const addQa = () => client.environments().create({ projectId: "id", name: "QA", slug: "qa" });
 */
export function environments(): EnvironmentsPlugin {
  return definePlugin("environments", ({ http }) => createEnvironmentsApi(http));
}
