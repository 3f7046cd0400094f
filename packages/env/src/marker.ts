import { createHash } from "node:crypto";
import { describeExactly } from "./identity.ts";
import type { CheckedOptions } from "./options.ts";
import { partialPlaceOf } from "./place.ts";

/** What a process left in `INFISICAL_ENV_LOADED`, for its child processes. */
export interface Marker {
  /** The configuration that was loaded, as a hash. */
  readonly configuration: string;
  /** The names that were set, each as a hash: the variable is often printed. */
  readonly names: ReadonlySet<string>;
}

const version = "1";
const nameLength = 8;

/**
 * Describes a configuration: what it reads, from where and by whom, and how. It does not include a credential.
 *
 * @param options - The options of variables and of the configuration file, complete or not.
 * @param file - The path of the configuration file.
 */
export function configurationHash(options: CheckedOptions, file: string | undefined): string {
  const { override = false, allow = [] } = options;
  const description = [describeExactly(partialPlaceOf(options)), override, [...allow].sort(), file ?? null];
  return hash(JSON.stringify(description)).slice(0, 22);
}

/** Writes the marker of a process that has set variables. */
export function markerOf(configuration: string, names: readonly string[]): string {
  return [version, configuration, names.map((name) => nameHash(configuration, name)).join("")].join(".");
}

/** Reads the marker of a parent process; `undefined` if there is none, or one of another version. */
export function parseMarker(text: string | undefined): Marker | undefined {
  const [, configuration, names = ""] = /^1\.([\w-]{22})\.((?:[\w-]{8})*)$/.exec(text ?? "") ?? [];
  if (configuration === undefined) return undefined;
  return { configuration, names: new Set(names.match(/.{8}/g)) };
}

/** Which of some variables a parent process has set. */
export function setByParent({ configuration, names }: Marker, variables: readonly string[]): string[] {
  return variables.filter((name) => names.has(nameHash(configuration, name)));
}

function nameHash(configuration: string, name: string): string {
  return hash(`${configuration} ${name}`).slice(0, nameLength);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
