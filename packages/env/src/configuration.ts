import { findConfigurationFile, loadConfigurationFile } from "./configuration-file.ts";
import { optionsOfVariables } from "./environment.ts";
import { type CheckedOptions, type EnvOptions, parseEnvOptions } from "./options.ts";

/** Where options come from besides variables. */
export interface ConfigurationSources {
  /** Options that count before all others, such as those of a command line. None by default. */
  readonly given?: EnvOptions;
  /** The folder in which the search for `infisical.config` begins. The working directory by default. */
  readonly directory?: string;
  /** The file to use instead of searching; a path. */
  readonly file?: string | undefined;
}

/** Options from everywhere. */
export interface Configuration {
  /** The options, for `loadEnv`. */
  readonly options: CheckedOptions;
  /** The path of the file that was used; `undefined` if there is none. */
  readonly file: string | undefined;
}

/**
 * Merges the options: those that were given count before variables, and variables before the file `infisical.config`.
 *
 * A variable is set for one start of the program, by whoever starts it; the file is the same for all.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option, a variable or the file breaks a rule.
 */
export async function readConfiguration({
  given = {},
  directory,
  file: named,
}: ConfigurationSources = {}): Promise<Configuration> {
  const first = parseEnvOptions(given);
  const variables = optionsOfVariables();
  const file = named ?? (await findConfigurationFile(directory));
  const last = file === undefined ? {} : await loadConfigurationFile(file);
  // Undefined fields are absent, so that none of them hides another.
  return { options: { ...last, ...variables, ...first }, file };
}
