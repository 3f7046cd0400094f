import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import { type CheckedOptions, type EnvOptions, parseEnvOptions } from "./options.ts";

/** In the order in which they are looked for in a folder: what needs no compiler comes first. */
const names = ["js", "mjs", "cjs", "json", "ts", "mts"].map((extension) => `infisical.config.${extension}`);

/** Finds `infisical.config` in a folder or in the nearest folder above it; `undefined` if there is none. */
export async function findConfigurationFile(directory: string = process.cwd()): Promise<string | undefined> {
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * Loads the options that a file exports by default.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be loaded, or an option breaks a rule. The message names the file.
 */
export async function loadConfigurationFile(file: string): Promise<CheckedOptions> {
  const path = resolve(file);
  const exported = await load(path);
  if (typeof exported !== "object" || exported === null) {
    throw optionError(path, "must export an object with options by default, such as defineEnv({ ... })");
  }
  try {
    return parseEnvOptions(exported as EnvOptions);
  } catch (error) {
    if (!isInfisicalError(error)) throw error;
    throw new InfisicalSDKError(`${path}: ${error.message}`, { code: "INVALID_OPTION" });
  }
}

async function load(path: string): Promise<unknown> {
  try {
    if (extname(path) === ".json") return JSON.parse(readFileSync(path, "utf8"));
    return defaultOf(await importFile(path));
  } catch (error) {
    throw new InfisicalSDKError(`${path} could not be loaded. ${reasonOf(error)}`, {
      code: "INVALID_OPTION",
    });
  }
}

/** The first line of an error: after it, some print the file. A syntax error quotes it, perhaps a key. */
function reasonOf(error: unknown): string {
  const { name = "Error", message = "" } = Object(error) as Partial<Error>;
  if (name === "SyntaxError" || name === "ParseError") return "It has a syntax error.";
  return message.split("\n", 1)[0] ?? "";
}

/** The default export; that of a compiled CommonJS file is one level deeper. */
function defaultOf(module: unknown): unknown {
  const { default: exported } = Object(module) as { readonly default?: unknown };
  const { __esModule: isCompiled, default: inner } = Object(exported) as {
    readonly __esModule?: boolean;
    readonly default?: unknown;
  };
  return isCompiled ? inner : exported;
}

async function importFile(path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  if (!/\.m?ts$/.test(path)) return import(url);
  try {
    // Node from 22.18 on, Bun, Deno, and tsx know TypeScript.
    return await import(url);
  } catch (error) {
    if ((error as { readonly code?: string }).code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    const { createJiti } = await loadJiti();
    return createJiti(import.meta.url).import(path);
  }
}

async function loadJiti(): Promise<typeof import("jiti")> {
  try {
    return await import("jiti");
  } catch {
    throw new Error(
      "This version of Node does not load TypeScript: install jiti (npm install jiti), or write the file in JavaScript.",
    );
  }
}
