import { steersProcess } from "@infisical/secrets";
import type { ProcessVariables } from "./environment.ts";
import type { CheckedOptions } from "./options.ts";

/** A secret as it was read. */
export interface ReadSecret {
  readonly name: string;
  /** `undefined` if the server withheld it. */
  readonly value: string | undefined;
}

/** What secrets come to as variables. */
export interface Selection {
  /** Every variable with a secret of its name: an existing one that counts before it, or the secret. */
  readonly all: Readonly<Record<string, string>>;
  /** Those to be set. */
  readonly set: Readonly<Record<string, string>>;
  /** How many existing variables counted before a secret. */
  readonly kept: number;
  /** How many secrets cannot be variables, or must not be. */
  readonly skipped: number;
  /** The names of those that would steer the process. */
  readonly steering: readonly string[];
}

/** Decides which secrets become variables. */
export function selectVariables(
  secrets: Iterable<ReadSecret>,
  existing: ProcessVariables,
  { override = false, allow = [] }: Pick<CheckedOptions, "override" | "allow">,
): Selection {
  const allowed = new Set(allow.map(existing.canonical));
  const seen = new Set<string>();
  const all: [string, string][] = [];
  const set: [string, string][] = [];
  const steering: string[] = [];
  let kept = 0;
  let skipped = 0;
  for (const { name, value } of secrets) {
    const canonical = existing.canonical(name);
    const isAllowed = allowed.has(canonical);
    const steers = !isAllowed && steersProcess(name, existing.windows);
    if (steers) steering.push(name);
    if (steers || seen.has(canonical) || !isName(name, isAllowed) || !isValue(value)) {
      skipped += 1;
      continue;
    }
    seen.add(canonical);
    const before = override ? undefined : existing.get(name);
    if (before === undefined) set.push([name, value]);
    else kept += 1;
    all.push([name, before ?? value]);
  }
  return { all: Object.fromEntries(all), set: Object.fromEntries(set), kept, skipped, steering };
}

/** Whether a variable can have this name. Platforms truncate or replace some, and shells know few. */
function isName(name: string, isAllowed: boolean): boolean {
  if (name === "__proto__") return false;
  return isAllowed ? name !== "" && !/[=\0\p{Surrogate}]/u.test(name) : /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** Whether a variable can have this value. */
function isValue(value: string | undefined): value is string {
  return value !== undefined && !/[\0\p{Surrogate}]/u.test(value);
}
