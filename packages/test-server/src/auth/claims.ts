import picomatch from "picomatch";
import type { Claims } from "./json-web-token.ts";

/** Whether a text equals a pattern, or matches it as a glob. A value that is not text makes it throw, as on the server. */
export function matchesGlob(value: unknown, pattern: string): boolean {
  return value === pattern || picomatch.isMatch(value as string, pattern, { windows: false });
}

/** Whether a claim has the value that a configuration allows: a text, a number, a boolean, or a list with such a text. */
export function matchesPolicy(value: unknown, policy: string): boolean {
  if (typeof value === "boolean") return value === (policy === "true");
  if (typeof value === "number") return value === Number.parseInt(policy, 10);
  if (Array.isArray(value)) return value.some((entry) => matchesGlob(entry, policy));
  return matchesGlob(value, policy);
}

/** Whether a claim has one of the values of a list that is separated by `", "`. */
export function matchesAny(value: unknown, policies: string): boolean {
  return policies.split(", ").some((policy) => matchesPolicy(value, policy));
}

/** The claim at a path such as `a.b.c`: a text, a number, a boolean or a list of texts; `undefined` for anything else. */
export function claimAt(
  claims: Claims,
  path: string,
): string | number | boolean | readonly string[] | undefined {
  let value: unknown = claims;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return isClaim(value) ? value : undefined;
}

function isClaim(value: unknown): value is string | number | boolean | readonly string[] {
  if (Array.isArray(value)) return value.every((entry) => typeof entry === "string");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
