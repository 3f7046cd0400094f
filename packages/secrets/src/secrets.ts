import { definePlugin, type Plugin } from "@infisical/core";
import { createSecretsApi, type SecretsApi } from "./secrets-api.ts";

/** The plugin that adds `client.secrets()`. */
export type SecretsPlugin = Plugin<"secrets", SecretsApi>;

/**
 * Adds `client.secrets()`: list, get, create, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { secrets } from "@infisical/secrets";
 * const client = createClient({ plugins: [secrets()] });
 * const list = () => client.secrets().listSecrets({ projectId: "id", environment: "dev" });
 */
export function secrets(): SecretsPlugin {
  return definePlugin("secrets", ({ http }) => createSecretsApi(http));
}
