import type { InfisicalSDKError } from "@infisical/core";
import { optionError, readVariable } from "@infisical/core/authoring";

const regionVariables: readonly string[] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/** Checks a region; `source` is the option or the variable that contains it. */
export function parseRegion(source: string, region: unknown): string {
  if (isRegion(region)) return region;
  const meant = typeof region === "string" ? regionMeant(region) : undefined;
  const known = typeof region === "string" && looksLikeRegion.test(region) ? " that this version knows," : "";
  const advice = meant === undefined ? `${known} such as "eu-central-1"` : ` (did you mean "${meant}"?)`;
  throw optionError(source, `must be an AWS region${advice}`, region);
}

/** The region in the environment; `undefined` if no variable is set. */
export function environmentRegion(): string | undefined {
  for (const name of regionVariables) {
    const region = readVariable(name);
    if (region !== undefined) return parseRegion(name, region);
  }
  return undefined;
}

/** The error if no region can be found. */
export function noRegion(alsoTried: readonly string[] = []): InfisicalSDKError {
  const tried = [...regionVariables.map((name) => `${name} (not set)`), ...alsoTried];
  return optionError("region", `must be given because it was not found elsewhere; tried ${tried.join(", ")}`);
}

/** The areas in which AWS has regions, those of its separate partitions among them. */
const area = "af|ap|ca|cn|eu|eusc-[a-z]{2}|il|me|mx|sa|us|us-gov|us-iso[bf]?|eu-isoe";

const regionName = new RegExp(
  `^(?:${area})-(?:north|south|east|west|central|(?:north|south)(?:east|west))-[1-9]`,
);

const looksLikeRegion = /^[a-z]+(?:-[a-z]+)+-\d+$/;

/** Every region has its own AWS STS; zones, groups of regions and names of FIPS endpoints do not. */
function isRegion(region: unknown): region is string {
  return typeof region === "string" && regionName.exec(region)?.[0] === region;
}

/** Names of partitions that people write instead of a region; partitions have no AWS STS. */
const partitions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  global: "us-east-1",
  "aws-global": "us-east-1",
  "aws-cn-global": "cn-north-1",
  "aws-us-gov-global": "us-gov-west-1",
};

/** Guesses the region from the name of a zone, of FIPS endpoints or of a partition, also in quotes or capitals. */
function regionMeant(name: string): string | undefined {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z\d-]/g, "")
    .replace(/^fips-(?:prod-|dkr-)?|-fips$/, "");
  const region = regionName.exec(plain)?.[0];
  // A longer number is not the name of a zone, which ends with letters.
  if (region !== undefined && !/^\d/.test(plain.slice(region.length))) return region;
  return Object.hasOwn(partitions, plain) ? partitions[plain] : undefined;
}
