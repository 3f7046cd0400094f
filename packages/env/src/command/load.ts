import { readConfiguration } from "../configuration.ts";
import { removeInherited } from "../inherited.ts";
import { type LoadedEnv, loadEnv } from "../load-env.ts";
import { configurationHash } from "../marker.ts";
import { type CheckedOptions, type EnvOptions, parseEnvOptions } from "../options.ts";
import { lineOf } from "../report.ts";
import { envOptionsOf } from "./common-options.ts";
import type { Output } from "./output.ts";

/** What a command reads, and what its child processes would read by themselves. */
export interface CommandConfiguration {
  /** The options of the command line, of variables and of the configuration file together. */
  readonly options: CheckedOptions;
  /** The configuration without the command line, as a hash: what a child process with the preload computes. */
  readonly hash: string;
}

/** Reads the options from everywhere, and removes the variables that a parent process has set from secrets. */
export async function configurationOf(
  given: Readonly<Record<string, unknown>>,
): Promise<CommandConfiguration> {
  const named = given["--config"] as string | undefined;
  await removeInherited();
  const { options, file } = await readConfiguration(named);
  const all = { ...options, ...parseEnvOptions(envOptionsOf(given)) };
  // A command never loads into its own process.
  return { options: { ...all, writeTo: false }, hash: await configurationHash(options, file) };
}

/** Loads the variables, and says how many from where. */
export async function load(options: EnvOptions, output: Output): Promise<LoadedEnv<unknown>> {
  const loaded = await output.during("reading secrets ...", loadEnv(options));
  const { report } = loaded;
  output.say(lineOf(report));
  if (report.steering.length > 0) {
    const allow = report.steering.map((name) => `--allow ${name}`).join(" ");
    output.say(`skipped what would steer the process; to accept it: ${allow}`);
  }
  return loaded;
}
