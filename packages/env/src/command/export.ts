import { oneOf, requireFlag, requireText } from "@infisical/core/authoring";
import { exportFormats, type FormatName, writeVariables } from "../formats/write-variables.ts";
import { configurationOf, load } from "./load.ts";
import type { Subcommand } from "./main.ts";
import { UsageError } from "./usage-error.ts";
import { writeFileWhole } from "./write-file.ts";

const formats = Object.keys(exportFormats) as FormatName[];

/** `infisical-env export`: the secrets in a form that something else reads. */
export const exportCommand: Subcommand = {
  usage: "export --format FORMAT [options]",
  summary: "writes the secrets as a file",
  options: {
    "--format": { value: "FORMAT", rule: oneOf(...formats), help: `one of ${formats.join(", ")}` },
    "--out": {
      value: "FILE",
      rule: requireText,
      help: "the file, which only its owner can read; standard output by default",
    },
    "--reveal": { rule: requireFlag, help: "writes to a terminal, too" },
  },
  async perform({ given, output }) {
    const format = given["--format"] as FormatName | undefined;
    const out = given["--out"] as string | undefined;
    if (format === undefined)
      throw new UsageError(`export needs --format, one of ${formats.join(", ")}`, "export");
    if (out === undefined && output.isTerminal && !given["--reveal"]) {
      throw new UsageError(
        "export does not show values on a terminal: add --out FILE, or --reveal",
        "export",
      );
    }
    // What is written must not depend on the variables of whoever writes it.
    const { options } = await configurationOf(given);
    const { variables } = await load({ ...options, override: true }, output);
    const text = writeVariables(format, variables);
    if (out === undefined) await output.write(text);
    else await writeFileWhole(out, text, { option: "--out", mode: 0o600 });
    return { code: 0 };
  },
};
