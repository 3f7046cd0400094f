import type { InfisicalSDKError } from "@infisical/core";
import { optionError, readVariable } from "@infisical/core/authoring";
import { regionVariables } from "./environment.ts";

/** Checks a region as the server does; `source` is the option or the variable that it comes from. */
export function checkRegion(source: string, region: unknown): string {
  if (typeof region === "string" && /^[a-z\d-]{1,20}$/.test(region)) return region;
  throw optionError(source, 'must be an AWS region such as "eu-central-1"', region);
}

/** The region that the environment names; `undefined` if it names none. */
export function environmentRegion(): string | undefined {
  for (const name of regionVariables) {
    const region = readVariable(name);
    if (region !== undefined) return checkRegion(name, region);
  }
  return undefined;
}

/** The error for a region that is nowhere to be found. */
export function noRegion(alsoTried: readonly string[] = []): InfisicalSDKError {
  const tried = [...regionVariables.map((name) => `${name} (not set)`), ...alsoTried];
  return optionError("region", `must be given, since it was found nowhere else; tried ${tried.join(", ")}`);
}
