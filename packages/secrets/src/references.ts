import { isInfisicalError } from "@infisical/core";
import type { ListSecretsOptions } from "./options/read-options.ts";
import type { ListSecretsResponse } from "./results.ts";
import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/** Reads a list as it was written, without anything expanded. */
type Read = (place: Partial<ListSecretsOptions>) => Promise<ListSecretsResponse>;

interface Place {
  readonly environment: string;
  readonly path: string;
}

interface Folder {
  /** The values as they were written, by their names. */
  readonly values: Map<string, string>;
  readonly imports: readonly SecretImport[];
}

/** A secret whose value is not what was meant, and the references that are why. */
export interface LostReferences {
  readonly key: string;
  readonly references: readonly string[];
}

/** `${KEY}`, `${environment.folder.KEY}` and `${@project.environment.KEY}`, as servers read them. */
const reference = /(\$\{[\w.@-]+\})/;

/**
 * Finds the listed secrets that refer to what is not there, to themselves, or to one that does.
 *
 * The expanded values cannot tell: servers leave such references as they are, or put nothing in their place.
 */
export async function findLostReferences(
  read: Read,
  place: Place,
  written: ListSecretsResponse,
  listed: ListSecretsResponse,
  names?: readonly string[],
): Promise<LostReferences[]> {
  const asked = names && new Set(names.map((name) => name.trim()));
  const references = new References(read);
  references.addWritten(place, written);
  const found: LostReferences[] = [];
  const check = async <Each extends Secret | ImportedSecret>(
    secrets: readonly Each[],
    whereIs: (secret: Each) => Place,
  ): Promise<void> => {
    for (const secret of secrets) references.addListed(whereIs(secret), secret);
    for (const secret of secrets) {
      const key = secret.secretKey;
      const lost = asked?.has(key) === false ? [] : await references.lostFrom(whereIs(secret), key);
      if (lost.length > 0) found.push({ key, references: lost });
    }
  };
  await check(listed.secrets, (secret) => placeOf(secret, place));
  for (const entry of listed.imports ?? []) {
    let pending = entry.secrets;
    // An import brings along what its folder imports, without saying from where.
    const origins = [placeOf(entry, place)];
    for (const origin of origins) {
      const { values, imports } = await references.folderAt(origin);
      await check(
        pending.filter(({ secretKey }) => values.has(secretKey)),
        () => origin,
      );
      pending = pending.filter(({ secretKey }) => !values.has(secretKey));
      const seen = new Set(origins.map(idOf));
      const further = imports.map((nested) => placeOf(nested, origin)).filter((at) => !seen.has(idOf(at)));
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

  /** Takes over a list as it was written, of one folder or recursive. */
  addWritten(place: Place, { secrets, imports }: ListSecretsResponse): void {
    const folders = new Map<string, Folder>([[idOf(place), { values: new Map(), imports: imports ?? [] }]]);
    for (const secret of secrets) {
      const id = idOf(placeOf(secret, place));
      const folder = folders.get(id) ?? { values: new Map(), imports: [] };
      folders.set(id, folder);
      folder.values.set(secret.secretKey, secret.secretValue);
    }
    for (const [id, folder] of folders) this.#folders.set(id, folder);
  }

  /** Takes over a secret with its references expanded. */
  addListed(place: Place, secret: Secret | ImportedSecret): void {
    this.#listed.set(`${idOf(place)} ${secret.secretKey}`, secret);
  }

  /** What a folder holds; read once. One that is not there, or may not be read, holds nothing. */
  folderAt(place: Place): Promise<Folder> | Folder {
    const id = idOf(place);
    const folder = this.#folders.get(id) ?? this.#readFolder(place);
    this.#folders.set(id, folder);
    return folder;
  }

  async #readFolder({ environment, path }: Place): Promise<Folder> {
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
  async lostFrom(place: Place, key: string): Promise<readonly string[]> {
    const id = `${idOf(place)} ${key}`;
    const known = this.#lost.get(id);
    if (known) return known;
    const value = (await this.folderAt(place)).values.get(key) ?? "";
    const names = referencesIn(value);
    const listed = this.#listed.get(id);
    // While a secret is looked at, all of its references are lost: one that leads back to it leads nowhere.
    this.#lost.set(id, names);
    const lost: string[] = [];
    for (const name of names) {
      const target = targetOf(name, place);
      const exists = target !== undefined && (await this.folderAt(target.place)).values.has(target.key);
      const leads = exists
        ? (await this.lostFrom(target.place, target.key)).length === 0
        : listed !== undefined && hasText(name, value, listed);
      if (!leads) lost.push(name);
    }
    // Servers follow references down to a certain depth, and leave the rest as it is written.
    if (lost.length === 0 && names.length > 0) lost.push(...referencesIn(listed?.secretValue ?? ""));
    this.#lost.set(id, lost);
    return lost;
  }
}

function referencesIn(value: string): string[] {
  return [...new Set(value.split(reference).filter((part) => reference.test(part)))];
}

/** Where a reference leads; `undefined` for another project, and for what is no address. */
function targetOf(name: string, place: Place): { readonly place: Place; readonly key: string } | undefined {
  const parts = name.slice(2, -1).split(".");
  if (parts.includes("") || name.includes("@")) return undefined;
  const key = parts.pop() ?? "";
  const [environment, ...folders] = parts;
  return { key, place: environment === undefined ? place : { environment, path: `/${folders.join("/")}` } };
}

/**
 * Whether the server found something for a reference that cannot be followed from here: into another project, into an
 * import, or into a folder that this identity may not list. It did if the value is neither as written nor without it.
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

/** Whether a text is these parts with anything between them. */
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

function placeOf(
  secret: { readonly environment?: string; readonly secretPath?: string },
  place: Place,
): Place {
  return { environment: secret.environment ?? place.environment, path: secret.secretPath ?? place.path };
}

function idOf({ environment, path }: Place): string {
  return `${environment} /${path
    .split("/")
    .filter((part) => part !== "")
    .join("/")}`;
}
