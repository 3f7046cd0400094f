import { readFile } from "node:fs/promises";
import { optionError, requireFlag, requireText } from "@infisical/core/authoring";
import type { CheckedOptions } from "../options.ts";
import { declarationOf } from "../types/declaration.ts";
import { type DeclaredName, namesOfSchema } from "../types/declared-names.ts";
import { driftOf } from "../types/drift.ts";
import { configurationOf, load } from "./load.ts";
import type { Subcommand } from "./main.ts";
import type { Output } from "./output.ts";
import { writeFileWhole } from "./write-file.ts";

/** `infisical-env types`: the variables as a declaration for TypeScript. */
export const typesCommand: Subcommand = {
  usage: "types [options]",
  summary: "writes types for the variables",
  options: {
    "--out": { value: "FILE", rule: requireText, help: "the file, infisical-env.d.ts by default" },
    "--import-meta": { rule: requireFlag, help: "types import.meta.env, too" },
    "--check": { rule: requireFlag, help: "writes nothing, and fails if the file is not up to date" },
  },
  async perform({ given, output }) {
    const out = (given["--out"] as string | undefined) ?? "infisical-env.d.ts";
    const { options } = await configurationOf(given);
    const names = await namesFor(options, output);
    const text = declarationOf(names, { importMeta: given["--import-meta"] === true });
    if (given["--check"]) return check(out, text, output);
    const isNew = await writeFileWhole(out, text, { option: "--out", mode: 0o644 });
    output.say(`${out} ${isNew ? "was written" : "is up to date"}`);
    return { code: 0 };
  },
};

/** What the schema tells; if that is nothing, what exists. */
async function namesFor(options: CheckedOptions, output: Output): Promise<readonly DeclaredName[]> {
  const names = options.schema && (await namesOfSchema(options.schema));
  if (names) return names;
  const { variables } = await load({ ...options, schema: undefined, override: true }, output);
  return Object.keys(variables).map((name) => ({ name, optional: false }));
}

async function check(out: string, text: string, output: Output) {
  const drift = driftOf(await textOf(out), text);
  if (drift.length === 0) {
    output.say(`${out} is up to date`);
    return { code: 0 };
  }
  output.complain(`${out} is not up to date; infisical-env types writes it anew`);
  await output.write(drift.map((line) => `${line}\n`).join(""));
  return { code: 1 };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as { readonly code?: string };
    const reason =
      code === "ENOENT" ? "does not exist; infisical-env types writes it" : `cannot be read: ${code}`;
    throw optionError("--out", reason, path);
  }
}
