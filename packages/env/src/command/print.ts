import { requireFlag } from "@infisical/core/authoring";
import { configurationOf, load } from "./load.ts";
import type { Subcommand } from "./main.ts";
import { UsageError } from "./usage-error.ts";

/** `infisical-env print --names`: which variables there are. */
export const printCommand: Subcommand = {
  usage: "print --names [options]",
  summary: "prints the names of the variables",
  options: {
    "--names": { rule: requireFlag, help: "prints a line for each name; values are never printed" },
  },
  async perform({ given, output }) {
    if (!given["--names"])
      throw new UsageError("print needs --names: it prints no values; export does", "print");
    const { options } = await configurationOf(given);
    const { variables } = await load({ ...options, override: true }, output);
    await output.write(
      Object.keys(variables)
        .sort()
        .map((name) => `${name}\n`)
        .join(""),
    );
    return { code: 0 };
  },
};
