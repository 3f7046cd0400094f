import { optionError, readOption, requireFlag } from "@infisical/core/authoring";
import { isNextBuild, optionsOfVariables, readMarker, writeMarker } from "./environment.ts";
import { hasVariablesOf } from "./inherited.ts";
import { loadEnv } from "./load-env.ts";
import { configurationHash, markerOf, parseMarker } from "./marker.ts";
import { type CheckedOptions, type EnvOptions, parseEnvOptions } from "./options.ts";
import type { EnvReport } from "./report.ts";

/**
 * Which secrets become variables of a Next.js server, and how.
 *
 * @example
 * import { register } from "@infisical/env/next";
 * await register({ projectId, environment: "dev", duringBuild: true });
 */
export interface RegisterOptions extends Omit<EnvOptions, "writeTo"> {
  /**
   * Whether `next build` reads the secrets too: then it needs the server and a login.
   *
   * Pages that are rendered by the build keep what they rendered. Next.js does not call `register` of `instrumentation.ts`
   * when it builds, so call this function in `next.config`, too.
   *
   * @defaultValue false: nothing is done while the application is built
   */
  readonly duringBuild?: boolean | undefined;
}

/**
 * Reads secrets into `process.env` when a Next.js server starts, before its first request: `register` of
 * `instrumentation.ts`.
 *
 * It runs in both runtimes. The edge runtime has variables of its own in each isolate: under `next start`, they are copied
 * from the server, which has read the secrets by then, so nothing is read again. Elsewhere, each isolate reads them, by
 * `fetch`.
 *
 * What the preload or an earlier call has read with the same options is not read again.
 *
 * @param options - Which secrets, and how; see {@link RegisterOptions}. What is left out is read from variables.
 * @returns What was done, without values; `undefined` if there was nothing to do.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown, is `writeTo`, or breaks a rule. Otherwise what
 * `loadEnv` throws. The server does not start then.
 *
 * @example
 * // instrumentation.ts
 * export { register } from "@infisical/env/next";
 */
export async function register(options: RegisterOptions = {}): Promise<EnvReport | undefined> {
  const { duringBuild, given } = splitOptions(options);
  if (isNextBuild() && !duringBuild) return undefined;
  const completed = { ...optionsOfVariables(), ...given };
  const configuration = await configurationHash(completed, undefined);
  if (await hasVariablesOf(configuration)) return undefined;
  const { variables, report } = await loadEnv({ ...given, writeTo: true });
  // The marker of a preload stays: child processes remove what it names.
  if (!parseMarker(readMarker())) writeMarker(await markerOf(configuration, Object.keys(variables)));
  return report;
}

function splitOptions(options: RegisterOptions): {
  readonly duringBuild: boolean;
  readonly given: CheckedOptions;
} {
  if (typeof options !== "object" || options === null) {
    throw optionError("options", "must be an object", options);
  }
  // Options are read once.
  const { duringBuild = false, ...given } = readOption("options", () => ({ ...options }));
  if ("writeTo" in given)
    throw optionError("writeTo", "must be left out: register always sets the variables");
  return { duringBuild: requireFlag("duringBuild", duringBuild), given: parseEnvOptions(given) };
}
