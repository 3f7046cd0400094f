import { readFile } from "node:fs/promises";
import type { TestServerOptions } from "../options.js";

/**
 * Reads a seed file. What stands in it is checked when the server is made.
 *
 * @throws Error that names the file when it cannot be read or is not JSON.
 */
export async function readSeed(file: string | undefined): Promise<TestServerOptions> {
  if (file === undefined) return {};
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`cannot read the seed ${file}: ${messageOf(error)}`);
  });
  try {
    return JSON.parse(text) as TestServerOptions;
  } catch (error) {
    throw new Error(`the seed ${file} is not JSON: ${messageOf(error)}`);
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ");
}
