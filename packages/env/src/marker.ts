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
export async function configurationHash(options: CheckedOptions, file: string | undefined): Promise<string> {
  const { override = false, allow = [] } = options;
  const description = [describeExactly(partialPlaceOf(options)), override, [...allow].sort(), file ?? null];
  return (await hash(JSON.stringify(description))).slice(0, 22);
}

/** Writes the marker of a process that has set variables. */
export async function markerOf(configuration: string, names: readonly string[]): Promise<string> {
  const hashes = await Promise.all(names.map((name) => nameHash(configuration, name)));
  return [version, configuration, hashes.join("")].join(".");
}

/** Reads the marker of a parent process; `undefined` if there is none, or one of another version. */
export function parseMarker(text: string | undefined): Marker | undefined {
  const [, configuration, names = ""] = /^1\.([\w-]{22})\.((?:[\w-]{8})*)$/.exec(text ?? "") ?? [];
  if (configuration === undefined) return undefined;
  return { configuration, names: new Set(names.match(/.{8}/g)) };
}

/** Which of some variables a parent process has set. */
export async function setByParent(
  { configuration, names }: Marker,
  variables: readonly string[],
): Promise<string[]> {
  const hashes = await Promise.all(variables.map((name) => nameHash(configuration, name)));
  return variables.filter((_name, index) => names.has(hashes[index] as string));
}

async function nameHash(configuration: string, name: string): Promise<string> {
  return (await hash(`${configuration} ${name}`)).slice(0, nameLength);
}

/** By WebCrypto, which every runtime has that Next.js runs in. */
async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
