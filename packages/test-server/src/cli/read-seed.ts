import { readFile } from "node:fs/promises";
import type { TestServerOptions } from "../options.ts";

/** The options that a seed file can set. The other options are code. */
const seedFields = ["projects", "identities", "secretValidationRules", "clock"];

/**
 * Reads a seed file. The values of its fields are checked when the server is created.
 *
 * @throws Error that names the file when it cannot be read, is not JSON or is not a seed.
 */
export async function readSeed(file: string | undefined): Promise<TestServerOptions> {
  if (file === undefined) return {};
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`cannot read the seed ${file}: ${messageOf(error)}`);
  });
  const seed = parse(file, text);
  if (typeof seed !== "object" || seed === null || Array.isArray(seed)) {
    throw new Error(`the seed ${file} must be an object with ${seedFields.join(", ")}`);
  }
  const unknown = Object.keys(seed).find((field) => !seedFields.includes(field));
  if (unknown !== undefined) {
    throw new Error(`the seed ${file}: unknown field "${unknown}"; must be one of ${seedFields.join(", ")}`);
  }
  return seed;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`the seed ${file} is not JSON: ${messageOf(error)}`);
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ");
}
