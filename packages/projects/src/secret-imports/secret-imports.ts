import { definePlugin, type Plugin } from "@infisical/core";
import { createSecretImportsApi, type SecretImportsApi } from "./secret-imports-api.ts";

/** The plugin that adds `client.secretImports()`. */
export type SecretImportsPlugin = Plugin<"secretImports", SecretImportsApi>;

/**
 * Adds `client.secretImports()`: create, list, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { secretImports } from "@infisical/projects";
 * const client = createClient({ plugins: [secretImports()] });
 * const importShared = () =>
 *   client.secretImports().create({
 *     projectId: "id",
 *     environment: "dev",
 *     path: "/app",
 *     import: { environment: "dev", path: "/shared" },
 *   });
 */
export function secretImports(): SecretImportsPlugin {
  return definePlugin("secretImports", ({ http }) => createSecretImportsApi(http));
}
