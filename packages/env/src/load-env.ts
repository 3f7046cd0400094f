import { withinTime } from "@infisical/core/authoring";
import { assertWritable, optionsOfVariables, processVariables, writeVariables } from "./environment.ts";
import { obtainSecrets } from "./obtain-secrets.ts";
import { type EnvOptions, parseEnvOptions } from "./options.ts";
import { describePlace, placeOf } from "./place.ts";
import type { EnvReport } from "./report.ts";
import type { EnvOf, EnvSchema } from "./standard-schema.ts";
import { applySchema } from "./validation.ts";
import { selectVariables } from "./variables.ts";

/** What `loadEnv` resolves to. */
export interface LoadedEnv<Env> {
  /** The variables by name, as the schema returns them; without a schema, as strings. */
  readonly env: Env;
  /**
   * What `writeTo` sets, as strings: the secrets, without those where an existing variable counts, and what the schema
   * adds by default.
   */
  readonly variables: Readonly<Record<string, string>>;
  /** What was done. */
  readonly report: EnvReport;
}

/** In milliseconds. */
export const defaultTimeout = 30_000;

/**
 * Reads the secrets of one or several folders as variables, checks them, and writes them to `process.env` if asked.
 *
 * Names that are not `[A-Za-z_][A-Za-z0-9_]*` and names that steer the process, such as `NODE_OPTIONS`, are skipped.
 *
 * @param options - Which secrets, and how; see {@link EnvOptions}. What is left out is read from variables.
 * @returns The variables, and a report without values.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option or a variable breaks a rule. `INVALID_ENV`: the variables do
 * not match the schema. `NOT_AUTHENTICATED`: the environment provides no login. `TIMEOUT`: it took too long.
 * @throws {InfisicalSDKRequestError} What a login and a list of secrets throw.
 *
 * @example
 * import { loadEnv } from "@infisical/env";
 * const { env, report } = await loadEnv({ client, projectId, environment: "dev" });
 * console.log(report.count, Object.keys(env));
 */
export async function loadEnv<const Schema extends EnvSchema | undefined = undefined>(
  options: EnvOptions<Schema> = {},
): Promise<LoadedEnv<EnvOf<Schema>>> {
  const started = performance.now();
  const given = parseEnvOptions(options);
  const completed = { ...optionsOfVariables(), ...given };
  const place = placeOf(completed);
  const { schema, writeTo = false, timeout = defaultTimeout, signal } = completed;
  if (writeTo) assertWritable("writeTo");
  const { secrets, fallback } = await obtainSecrets(place, completed, timeout);
  const existing = processVariables();
  const { all, set, ...counts } = selectVariables(secrets, existing, completed);
  const left = Math.max(1, Math.round(timeout - (performance.now() - started)));
  const { env, added } = await withinTime(left, "Checking the variables", signal, () =>
    applySchema(schema, all, existing),
  );
  const variables = { ...set, ...added };
  const refused = writeTo ? writeVariables(variables).length : 0;
  const report: EnvReport = {
    count: Object.keys(all).length - refused,
    kept: counts.kept,
    skipped: counts.skipped + refused,
    steering: counts.steering,
    from: fallback ? "fallback" : "server",
    place: describePlace(place),
    duration: performance.now() - started,
    ...(fallback && { fallbackAge: fallback.age, fallbackReason: fallback.reason }),
  };
  return { env: env as EnvOf<Schema>, variables, report };
}
