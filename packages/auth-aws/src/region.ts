import type { InfisicalSDKError } from "@infisical/core";
import { optionError, readVariable } from "@infisical/core/authoring";
import { regionVariables } from "./environment.ts";

/** Checks a region; `source` is the option or the variable that it comes from. */
export function checkRegion(source: string, region: unknown): string {
  if (isRegion(region)) return region;
  const meant = typeof region === "string" ? regionMeant(region) : undefined;
  const advice = meant === undefined ? ' such as "eu-central-1"' : ` (did you mean "${meant}"?)`;
  throw optionError(source, `must be an AWS region${advice}`, region);
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

/** Each region has an AWS STS of its own; a zone, a group of regions or a name of FIPS endpoints has none. */
function isRegion(region: unknown): region is string {
  return (
    typeof region === "string" &&
    region.length <= 20 &&
    /^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region) &&
    !region.includes("fips")
  );
}

/** What people write where a region belongs: names of partitions, which have no AWS STS. */
const partitions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  global: "us-east-1",
  "aws-global": "us-east-1",
  "aws-cn-global": "cn-north-1",
  "aws-us-gov-global": "us-gov-west-1",
};

/** The region that another name stands for: of a zone, of FIPS endpoints, of a partition, in quotes or capitals. */
function regionMeant(name: string): string | undefined {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z\d-]/g, "")
    .replace(/^fips-(?:prod-|dkr-)?|-fips$/, "");
  const [region] = /^[a-z]{2,}(?:-[a-z]+)+-\d/.exec(plain) ?? [];
  return isRegion(region) ? region : Object.hasOwn(partitions, plain) ? partitions[plain] : undefined;
}
