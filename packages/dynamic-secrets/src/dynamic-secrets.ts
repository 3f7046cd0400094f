import { definePlugin, type Plugin } from "@infisical/core";
import { createDynamicSecretsApi, type DynamicSecretsApi } from "./dynamic-secrets-api.ts";

/** The plugin that adds `client.dynamicSecrets()`. */
export type DynamicSecretsPlugin = Plugin<"dynamicSecrets", DynamicSecretsApi>;

/**
 * Adds `client.dynamicSecrets()`: dynamic secrets and their leases.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { dynamicSecrets } from "@infisical/dynamic-secrets";
 * const client = createClient({ plugins: [dynamicSecrets()] });
 * const place = { projectSlug: "shop", environmentSlug: "dev" };
 * const lease = () => client.dynamicSecrets().leases.create({ ...place, dynamicSecretName: "db", ttl: "5m" });
 */
export function dynamicSecrets(): DynamicSecretsPlugin {
  return definePlugin("dynamicSecrets", createDynamicSecretsApi);
}
