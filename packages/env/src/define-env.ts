import { type EnvOptions, parseEnvOptions } from "./options.ts";
import type { EnvSchema } from "./standard-schema.ts";

/**
 * Checks the options of a file `infisical.config`, which exports them by default, and types them.
 *
 * @param options - Which secrets, and how; see {@link EnvOptions}.
 * @returns The same object.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
 *
 * @example
 * import { defineEnv } from "@infisical/env";
 * const config = defineEnv({ projectId: "a-project", environment: "dev", secretPath: ["/shared", "/api"] });
 */
export function defineEnv<const Schema extends EnvSchema | undefined = undefined>(
  options: EnvOptions<Schema>,
): EnvOptions<Schema> {
  parseEnvOptions(options);
  return options;
}
