import { definePlugin, type Plugin } from "@infisical/core";
import { fieldsOf, oneOf } from "@infisical/core/authoring";
import { createSecretsApi } from "./create-secrets-api.ts";
import type { SecretsApi } from "./secrets-api.ts";
import { v3, v4 } from "./wire/spelling.ts";

/** The plugin that adds `client.secrets()`. */
export type SecretsPlugin = Plugin<"secrets", SecretsApi>;

/** How the secrets plugin talks to the server. */
export interface SecretsOptions {
  /**
   * Which version of the server's routes is used; the calls and their results are the same.
   *
   * `"v3"` works with every server. `"v4"` needs a server of late 2025 or newer.
   *
   * @defaultValue "v3"
   */
  readonly apiVersion?: "v3" | "v4" | undefined;
}

const parse = fieldsOf({ "apiVersion?": oneOf("v3", "v4") });

/**
 * Adds `client.secrets()`: list, get, create, update and delete, one by one and in batches.
 *
 * @param options - Which version of the server's routes to use.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: there is no such version.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { secrets } from "@infisical/secrets";
 * const client = createClient({ plugins: [secrets()] });
 * const list = () => client.secrets().listSecrets({ projectId: "id", environment: "dev" });
 */
export function secrets(options: SecretsOptions = {}): SecretsPlugin {
  const { apiVersion = "v3" } = parse("", options) as SecretsOptions;
  return definePlugin("secrets", ({ http }) => createSecretsApi(http, { v3, v4 }[apiVersion]));
}
