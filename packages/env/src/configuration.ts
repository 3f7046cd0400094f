import { resolve } from "node:path";
import { findConfigurationFile, loadConfigurationFile } from "./configuration-file.ts";
import { optionsOfVariables } from "./environment.ts";
import type { CheckedOptions } from "./options.ts";

/** Options of variables and of a file. */
export interface Configuration {
  /** The options, for `loadEnv`. */
  readonly options: CheckedOptions;
  /** The path of the file that was used; `undefined` if there is none. */
  readonly file: string | undefined;
}

/**
 * Merges the options of variables and of the file `infisical.config`; variables count before the file.
 *
 * A variable is set for one start of the program, by whoever starts it; the file is the same for all.
 *
 * @param named - The file to use, instead of the nearest one from the working directory upwards.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: a variable or the file breaks a rule.
 */
export async function readConfiguration(named?: string): Promise<Configuration> {
  const { siteUrl, ...variables } = optionsOfVariables();
  const file = named === undefined ? await findConfigurationFile() : resolve(named);
  const last = file === undefined ? {} : await loadConfigurationFile(file);
  // Undefined fields are absent, so that none of them hides another; the client of a file has an address of its own.
  const address = siteUrl === undefined || last.client ? {} : { siteUrl };
  return { options: { ...last, ...variables, ...address }, file };
}
