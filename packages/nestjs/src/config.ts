import { optionError, readOption } from "@infisical/core/authoring";
import { defineEnv, type EnvOf, type EnvOptions, type EnvSchema, loadEnv } from "@infisical/env";

/** Where the secrets of a configuration are, and how they are read: the options of `loadEnv` but for the schema. */
export type InfisicalConfigOptions = Omit<EnvOptions, "schema">;

/**
 * Creates a factory for the option `load` of `ConfigModule.forRoot`, by which `ConfigService` gets secrets.
 *
 * It follows the rules of `loadEnv`: existing variables count before secrets, names that steer the process are skipped, and
 * failures of the schema are told at once, without a value. Nest calls it when the application starts.
 *
 * @param place - Which secrets, and how; see {@link InfisicalConfigOptions}. What is left out is read from variables.
 * @param schema - What the secrets must be: one schema for all of them, or one for each name, of any library with Standard
 * Schema. None by default: all secrets, as strings.
 * @returns The factory. It rejects as `loadEnv` does, such as with `INVALID_ENV`, and the application does not start.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks its rule.
 *
 * @example
 * import { infisicalConfig } from "@infisical/nestjs";
 * const load = [infisicalConfig({ projectId: "a-project", environment: "dev" })];
 */
export function infisicalConfig<const Schema extends EnvSchema | undefined = undefined>(
  place: InfisicalConfigOptions = {},
  schema?: Schema,
): () => Promise<EnvOf<Schema>> {
  const options = defineEnv<Schema>(together(place, schema));
  return async () => (await loadEnv<Schema>(options)).env;
}

function together<Schema extends EnvSchema | undefined>(
  place: InfisicalConfigOptions,
  schema: Schema | undefined,
): EnvOptions<Schema> {
  return readOption("options", () => {
    // Whatever it is, the check of the options says what is wrong with it.
    if (typeof place !== "object" || place === null || Array.isArray(place)) return place;
    const copy: EnvOptions<Schema> = { ...place };
    if (copy.schema === undefined) return { ...copy, schema };
    throw optionError("schema", "must be the second argument of infisicalConfig, and not in the first");
  });
}
