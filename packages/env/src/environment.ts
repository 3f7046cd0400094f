import { optionError, readVariable, siteUrlFrom } from "@infisical/core/authoring";
import { type CheckedOptions, envRules } from "./options.ts";

/** The variable of each option that has one. */
const variables = {
  projectId: "INFISICAL_PROJECT_ID",
  environment: "INFISICAL_ENVIRONMENT",
  secretPath: "INFISICAL_SECRET_PATH",
  override: "INFISICAL_ENV_OVERRIDE",
  allow: "INFISICAL_ENV_ALLOW",
  timeout: "INFISICAL_ENV_TIMEOUT",
  fallback: "INFISICAL_ENV_FALLBACK",
  fallbackKey: "INFISICAL_ENV_FALLBACK_KEY",
} as const;

/**
 * Reads the options that are set as variables.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one breaks a rule. The message names the variable.
 */
export function optionsOfVariables(): CheckedOptions {
  const options: Record<string, unknown> = {};
  const siteUrl = siteUrlFrom(readVariable);
  if (siteUrl !== undefined) options["siteUrl"] = siteUrl;
  for (const [option, variable] of Object.entries(variables)) {
    const text = readVariable(variable);
    if (text === undefined) continue;
    const value = parsers[option]?.(variable, text) ?? text;
    options[option] = envRules[`${option}?`]?.(variable, value);
  }
  return options;
}

const parsers: Readonly<Record<string, (variable: string, text: string) => unknown>> = {
  secretPath: (_variable, text) => listed(text),
  allow: (_variable, text) => listed(text),
  timeout: (_variable, text) => (/^\d+$/.test(text) ? Number(text) : text),
  override: parseFlag,
};

function listed(text: string): string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function parseFlag(variable: string, text: string): boolean {
  if (/^(?:true|1)$/i.test(text)) return true;
  if (/^(?:false|0)$/i.test(text)) return false;
  throw optionError(variable, "must be true or false");
}

/** The variables of the process, as they were when this was called. */
export interface ProcessVariables {
  /** Whether names are case-insensitive, as on Windows. */
  readonly windows: boolean;
  /** The form in which the platform compares a name. */
  canonical(name: string): string;
  /** Returns the value of a variable; `undefined` if it is not set. */
  get(name: string): string | undefined;
}

/** Reads all variables once: each access to `process.env` walks through all of them. */
export function processVariables(): ProcessVariables {
  const { env, platform } = processOf();
  const windows = platform === "win32";
  const canonical = (name: string): string => (windows ? name.toUpperCase() : name);
  const present = new Map<string, string>();
  for (const [name, value] of Object.entries(env ?? {})) {
    if (typeof value === "string") present.set(canonical(name), value);
  }
  return { windows, canonical, get: (name) => present.get(canonical(name)) };
}

/**
 * Throws if there is no `process.env` to write to.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the platform has none.
 */
export function assertWritable(option: string): void {
  if (processOf().env) return;
  throw optionError(option, "needs process.env, which this platform does not have", true);
}

/** Writes variables, and returns the names of those that the platform did not accept. */
export function writeVariables(values: Readonly<Record<string, string>>): string[] {
  const env = processOf().env ?? {};
  return Object.entries(values).flatMap(([name, value]) => {
    try {
      env[name] = value;
      return env[name] === value ? [] : [name];
    } catch {
      return [name];
    }
  });
}

/** The variable that tells child processes what was set. */
export const markerName = "INFISICAL_ENV_LOADED";

/** Reads what a parent process left about the variables that it has set. */
export function readMarker(): string | undefined {
  return readVariable(markerName);
}

/** Leaves something about the variables that were set, for child processes. */
export function writeMarker(text: string): void {
  writeVariables({ [markerName]: text });
}

/** Whether nothing is to be printed but failures. */
export function isSilent(): boolean {
  return readVariable("INFISICAL_LOG")?.toLowerCase() === "silent";
}

/** The names of all variables. */
export function variableNames(): string[] {
  return Object.keys(processOf().env ?? {});
}

/** Removes variables. */
export function removeVariables(names: readonly string[]): void {
  const env = processOf().env ?? {};
  for (const name of names) delete env[name];
}

interface ProcessLike {
  readonly env?: Record<string, string | undefined>;
  readonly platform?: string;
}

function processOf(): ProcessLike {
  return (globalThis as { process?: ProcessLike }).process ?? {};
}

/** Whether Next.js is building the application, in this process. */
export function isNextBuild(): boolean {
  return readVariable("NEXT_PHASE") === "phase-production-build";
}
