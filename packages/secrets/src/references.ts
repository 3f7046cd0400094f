import { isInfisicalError } from "@infisical/core";
import type { ListSecretsOptions } from "./read-options.ts";
import type { ListSecretsResponse } from "./results.ts";
import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/** Reads a list as it was written, without expanding references. */
type Read = (location: Partial<ListSecretsOptions>) => Promise<ListSecretsResponse>;

interface FolderLocation {
  readonly environment: string;
  readonly path: string;
}

interface Folder {
  /** The values as they were written, by name. */
  readonly values: Map<string, string>;
  readonly imports: readonly SecretImport[];
}

/** A secret with references that lead nowhere. */
export interface LostReferences {
  readonly key: string;
  readonly references: readonly string[];
}

/**
 * `${KEY}`, `${environment.folder.KEY}`, and into another project `${project::environment.KEY}`, which current servers
 * read, or `${@project.environment.KEY}`, which those before them read. A single colon, as in `${KEY:-default}`, is text.
 */
const reference = /(\$\{(?:[\w.@-]+::)?[\w.@-]+\})/;

/**
 * Finds those of the listed secrets that refer to something missing, to themselves, or to a secret that does.
 *
 * `wanted` are the secrets to check, out of `listed`; the others are only what they refer to.
 * The expanded values alone do not show it: servers leave such references unchanged, or replace them by nothing.
 */
export async function findLostReferences(
  read: Read,
  location: FolderLocation,
  written: ListSecretsResponse,
  listed: ListSecretsResponse,
  wanted: ReadonlySet<Secret | ImportedSecret>,
): Promise<LostReferences[]> {
  const references = new References(read);
  references.addWritten(location, written);
  const found: LostReferences[] = [];
  const check = async <Each extends Secret | ImportedSecret>(
    secrets: readonly Each[],
    locate: (secret: Each) => FolderLocation,
  ): Promise<void> => {
    for (const secret of secrets) references.addListed(locate(secret), secret);
    for (const secret of secrets) {
      if (!wanted.has(secret)) continue;
      const key = secret.secretKey;
      const lost = await references.lostFrom(locate(secret), key);
      if (lost.length > 0) found.push({ key, references: lost });
    }
  };
  await check(listed.secrets, (secret) => locationOf(secret, location));
  for (const entry of listed.imports ?? []) {
    if (!entry.secrets.some((secret) => wanted.has(secret))) continue;
    let pending = entry.secrets;
    // An import includes what its own folder imports, without telling from where.
    const origins = [locationOf(entry, location)];
    for (const origin of origins) {
      const { values, imports } = await references.folderAt(origin);
      await check(
        pending.filter(({ secretKey }) => values.has(secretKey)),
        () => origin,
      );
      pending = pending.filter(({ secretKey }) => !values.has(secretKey));
      const seen = new Set(origins.map(idOf));
      const further = imports.map((nested) => locationOf(nested, origin)).filter((at) => !seen.has(idOf(at)));
      if (pending.length > 0) origins.push(...further);
    }
  }
  return found;
}

class References {
  readonly #read: Read;
  readonly #folders = new Map<string, Promise<Folder> | Folder>();
  readonly #listed = new Map<string, Secret | ImportedSecret>();
  readonly #lost = new Map<string, readonly string[]>();

  constructor(read: Read) {
    this.#read = read;
  }

  /** Adds a list as it was written, of one folder or recursive. */
  addWritten(location: FolderLocation, { secrets, imports }: ListSecretsResponse): void {
    const folders = new Map<string, Folder>([
      [idOf(location), { values: new Map(), imports: imports ?? [] }],
    ]);
    for (const secret of secrets) {
      const id = idOf(locationOf(secret, location));
      const folder = folders.get(id) ?? { values: new Map(), imports: [] };
      folders.set(id, folder);
      folder.values.set(secret.secretKey, secret.secretValue);
    }
    for (const [id, folder] of folders) this.#folders.set(id, folder);
  }

  /** Adds a secret with its references expanded. */
  addListed(location: FolderLocation, secret: Secret | ImportedSecret): void {
    this.#listed.set(`${idOf(location)} ${secret.secretKey}`, secret);
  }

  /** The contents of a folder, read once; empty if it does not exist or the identity is not allowed to read it. */
  folderAt(location: FolderLocation): Promise<Folder> | Folder {
    const id = idOf(location);
    const folder = this.#folders.get(id) ?? this.#readFolder(location);
    this.#folders.set(id, folder);
    return folder;
  }

  async #readFolder({ environment, path }: FolderLocation): Promise<Folder> {
    try {
      const { secrets, imports } = await this.#read({ environment, secretPath: path, includeImports: true });
      const values = new Map(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
      return { values, imports: imports ?? [] };
    } catch (error) {
      if (!isInfisicalError(error) || !["NOT_FOUND", "FORBIDDEN"].includes(error.code)) throw error;
      return { values: new Map(), imports: [] };
    }
  }

  /** The references of a secret that lead nowhere. */
  async lostFrom(location: FolderLocation, key: string): Promise<readonly string[]> {
    const id = `${idOf(location)} ${key}`;
    const known = this.#lost.get(id);
    if (known) return known;
    const value = (await this.folderAt(location)).values.get(key) ?? "";
    const names = referencesIn(value);
    const listed = this.#listed.get(id);
    // While a secret is being checked, all its references count as lost, so that a circle leads nowhere.
    this.#lost.set(id, names);
    const lost: string[] = [];
    for (const name of names) {
      const target = targetOf(name, location);
      const exists = target !== undefined && (await this.folderAt(target.location)).values.has(target.key);
      const leads = exists
        ? (await this.lostFrom(target.location, target.key)).length === 0
        : listed !== undefined && hasText(name, value, listed);
      if (!leads) lost.push(name);
    }
    // Servers follow references down to a certain depth, and leave the rest unchanged.
    if (lost.length === 0 && names.length > 0) lost.push(...referencesIn(listed?.secretValue ?? ""));
    this.#lost.set(id, lost);
    return lost;
  }
}

function referencesIn(value: string): string[] {
  return [...new Set(value.split(reference).filter((part) => reference.test(part)))];
}

/** Where a reference leads; `undefined` if that is another project, or if it is malformed. */
function targetOf(
  name: string,
  location: FolderLocation,
): { readonly location: FolderLocation; readonly key: string } | undefined {
  const parts = name.slice(2, -1).split(".");
  if (parts.includes("") || /@|::/.test(name)) return undefined;
  const key = parts.pop() ?? "";
  const [environment, ...folders] = parts;
  return {
    key,
    location: environment === undefined ? location : { environment, path: `/${folders.join("/")}` },
  };
}

/**
 * Whether the server resolved a reference that cannot be followed from here: into another project, into an import, or
 * into a folder that this identity is not allowed to list. It did if the value neither repeats the reference nor just
 * omits it.
 */
function hasText(
  name: string,
  written: string,
  { secretValue, skipMultilineEncoding }: Secret | ImportedSecret,
): boolean {
  if (skipMultilineEncoding) return false;
  return ![name, ""].some((text) => {
    const parts = [""];
    for (const part of written.split(reference)) {
      if (reference.test(part) && part !== name) parts.push("");
      else parts[parts.length - 1] += part === name ? text : part;
    }
    return fits(secretValue, parts);
  });
}

/** Whether a text consists of these parts with anything between them. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const index = text.indexOf(part, at);
    if (index < 0) return false;
    at = index + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function locationOf(
  secret: { readonly environment?: string; readonly secretPath?: string },
  location: FolderLocation,
): FolderLocation {
  return {
    environment: secret.environment ?? location.environment,
    path: secret.secretPath ?? location.path,
  };
}

function idOf({ environment, path }: FolderLocation): string {
  return `${environment} /${path
    .split("/")
    .filter((part) => part !== "")
    .join("/")}`;
}
