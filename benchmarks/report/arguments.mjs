import { parseArgs } from "node:util";

/**
 * Reads the command line.
 *
 * @param {readonly string[]} argv
 * @returns {{ format: "table" | "markdown" | "json", rounds: number, only: string }}
 */
export function readArguments(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      rounds: { type: "string", default: "9" },
      only: { type: "string", default: "" },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds must be a whole number, 1 or more, got ${values.rounds}`);
  }
  return { format: values.json ? "json" : values.markdown ? "markdown" : "table", rounds, only: values.only };
}
