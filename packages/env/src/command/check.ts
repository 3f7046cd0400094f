import { configurationOf, load } from "./load.ts";
import type { Subcommand } from "./main.ts";

/** `infisical-env check`: whether everything is there, and valid. */
export const checkCommand: Subcommand = {
  usage: "check [options]",
  summary: "reads the secrets and checks them against the schema",
  options: {},
  async perform({ given, output }) {
    const { options } = await configurationOf(given);
    await load(options, output);
    output.say(options.schema ? "all variables match the schema" : "there is no schema to check against");
    return { code: 0 };
  },
};
