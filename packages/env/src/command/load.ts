import { readConfiguration } from "../configuration.ts";
import { type LoadedEnv, loadEnv } from "../load-env.ts";
import type { CheckedOptions, EnvOptions } from "../options.ts";
import { lineOf } from "../report.ts";
import { envOptionsOf } from "./common-options.ts";
import type { Output } from "./output.ts";

/** The options of a command line, of variables and of the configuration file together. */
export async function configurationOf(given: Readonly<Record<string, unknown>>): Promise<CheckedOptions> {
  const file = given["--config"] as string | undefined;
  const { options } = await readConfiguration({ given: envOptionsOf(given), file });
  // A command never loads into its own process, and the client of a file has an address, whatever the variables say.
  return { ...options, writeTo: false, ...(options.client && { siteUrl: undefined }) };
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
