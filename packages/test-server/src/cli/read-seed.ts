import { readFile } from "node:fs/promises";
import type { TestServerOptions } from "../options.js";

/** What a seed can say: the rest of a server's options are code. */
const seedFields = ["projects", "identities", "secretValidationRules", "clock"];

/**
 * Reads a seed file. What stands in its fields is checked when the server is made.
 *
 * @throws Error that names the file when it cannot be read, is not JSON or is no seed.
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
    throw new Error(
      `the seed ${file}: ${unknown}: is no field of a seed; those are ${seedFields.join(", ")}`,
    );
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
