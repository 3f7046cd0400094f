import { fieldsOf, listOf, optionError, requireFlag, requireText } from "@infisical/core/authoring";
import type { AttachOptions } from "./read-options.ts";
import type { AttachedVariables, AttachSkipReason, ListSecretsResponse, SkippedSecret } from "./results.ts";
import { mergedOriginals } from "./results.ts";
import type { ImportedSecret, Secret } from "./secret.ts";
import { steersProcess } from "./steering-names.ts";

/** What a list response gains when its secrets are put into `process.env`. */
type Attachment = Required<Pick<ListSecretsResponse, "attached" | "skippedNames">>;

const rule = fieldsOf({
  "only?": listOf(requireText),
  "prefix?": namePrefix,
  "override?": requireFlag,
  "allow?": listOf(requireText),
});

/** Checks `attachToProcessEnv`, and whether the platform has a `process.env`, before anything is sent. */
export function attachOptions(option: string, value: unknown): unknown {
  if (value === false) return undefined;
  if (value !== true && typeof value !== "object")
    throw optionError(option, "must be true, false or an object with only, prefix, override, allow", value);
  const options = rule(option, value === true ? {} : value);
  environmentWriter();
  return options;
}

/** The secrets of a list that can become variables: one of each name, in `only` if that is set. */
export function attachable(
  { only }: AttachOptions,
  { secrets, imports }: ListSecretsResponse,
): (Secret | ImportedSecret)[] {
  const winners = mergedOriginals(nearestOfEachName(secrets), imports);
  if (!only) return winners;
  const names = new Set(only);
  return winners.filter(({ secretKey }) => names.has(secretKey));
}

/** Puts the secrets of a list into `process.env`. */
export function attach(options: AttachOptions, response: ListSecretsResponse): Attachment {
  const { only, prefix = "", override = false, allow = [] } = options;
  const variables = environmentWriter();
  const missing = new Set(only);
  const allowed = new Set(allow.map(variables.canonical));
  const seen = new Set<string>();
  const set: string[] = [];
  const kept: string[] = [];
  const skipped: SkippedSecret[] = [];
  for (const secret of attachable(options, response)) {
    const { secretKey, secretValue } = secret;
    missing.delete(secretKey);
    const name = prefix + secretKey;
    const canonical = variables.canonical(name);
    if (seen.has(canonical)) continue;
    seen.add(canonical);
    const reason =
      !allowed.has(canonical) && steersProcess(name, variables.windows)
        ? "steersProcess"
        : reasonToSkip(name, secret);
    if (reason) skipped.push({ secretKey, name, reason });
    else if (!override && variables.has(name)) kept.push(name);
    else if (variables.set(name, secretValue)) set.push(name);
    else skipped.push({ secretKey, name, reason: "refused" });
  }
  for (const secretKey of missing) skipped.push({ secretKey, name: prefix + secretKey, reason: "notFound" });
  const attached: AttachedVariables = { set, kept, skipped };
  return { attached, skippedNames: skipped.map(({ secretKey }) => secretKey) };
}

function reasonToSkip(
  name: string,
  { secretValue, secretValueHidden }: Secret | ImportedSecret,
): AttachSkipReason | undefined {
  if (!isVariableName(name)) return "invalidName";
  if (secretValueHidden) return "hiddenValue";
  return isVariableValue(secretValue) ? undefined : "invalidValue";
}

function namePrefix(option: string, value: unknown): string {
  if (typeof value === "string" && (value === "" || isVariableName(value))) return value;
  throw optionError(option, "must be a string that the name of a variable can begin with", value);
}

/** For each name the secret that wins: a personal one, otherwise that of the folder nearest to the listed one. */
function nearestOfEachName(secrets: readonly Secret[]): Secret[] {
  const nearest = new Map<string, { readonly secret: Secret; readonly rank: number }>();
  for (const secret of secrets) {
    const rank = rankOf(secret);
    const known = nearest.get(secret.secretKey);
    if (!known || rank < known.rank) nearest.set(secret.secretKey, { secret, rank });
  }
  return Array.from(nearest.values(), ({ secret }) => secret);
}

function rankOf({ type, secretPath }: Secret): number {
  if (type === "personal") return 0;
  return (secretPath ?? "/").split("/").filter((part) => part !== "").length + 1;
}

/** Writes the variables of the process. */
interface EnvironmentWriter {
  /** Whether names are case-insensitive. */
  readonly windows: boolean;
  /** The form in which the platform compares a name. */
  canonical(name: string): string;
  /** Whether a variable of this name existed at the start. */
  has(name: string): boolean;
  /** Sets a variable, and tells whether it has that value now. */
  set(name: string, value: string): boolean;
}

/** Throws if the platform has no `process.env`. */
function environmentWriter(): EnvironmentWriter {
  const { process } = globalThis as {
    process?: { env?: Record<string, string | undefined>; platform?: string };
  };
  const env = process?.env;
  if (!env)
    throw optionError("attachToProcessEnv", "needs process.env, which this platform does not have", true);
  const windows = process.platform === "win32";
  const canonical = (name: string): string => (windows ? name.toUpperCase() : name);
  // Read once: each access to process.env walks through all variables.
  const present = new Set(Reflect.ownKeys(env).map((name) => canonical(String(name))));
  return {
    windows,
    canonical,
    has: (name) => present.has(canonical(name)),
    set: (name, value) => {
      try {
        env[name] = value;
      } catch {
        return false;
      }
      return env[name] === value;
    },
  };
}

/** Whether a variable can have this name. Platforms truncate or replace other names. */
function isVariableName(name: string): boolean {
  return name !== "" && name !== "__proto__" && !/[=\0\p{Surrogate}]/u.test(name);
}

/** Whether a variable can have this value. */
function isVariableValue(value: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(value);
}
