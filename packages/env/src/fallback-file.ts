import { warn } from "@infisical/core/authoring";
import { loadNodeModule } from "@infisical/core/logins";
import type { ReadSecret } from "./variables.ts";

/** Where the last good secrets are kept, and what they belong to. */
export interface FallbackFile {
  readonly path: string;
  readonly key: string;
  /** What was read, from where and by whom. A file of anything else cannot be opened. */
  readonly context: string;
}

/** What a file kept. */
export interface KeptSecrets {
  readonly secrets: readonly ReadSecret[];
  /** When they were read, in milliseconds since 1970. */
  readonly savedAt: number;
}

/** The first bytes of a file: the version of all of this. */
const version = "infisical-env-fallback-1\n";
const nonceLength = 12;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Keeps secrets, readable by the owner only. A file that cannot be written is a warning: the secrets are there. */
export async function keepSecrets(file: FallbackFile, kept: KeptSecrets): Promise<void> {
  try {
    await writeWhole(file.path, await seal(file, kept));
  } catch (error) {
    const { code = "an unknown error" } = error as { readonly code?: string };
    warn("INFISICAL_ENV_FALLBACK", `The fallback file ${file.path} could not be written: ${code}.`);
  }
}

/**
 * Reads what was kept.
 *
 * @throws {Error} Its message says in a few words why the file cannot be used.
 */
export async function readKeptSecrets(file: FallbackFile): Promise<KeptSecrets> {
  const bytes = await readWhole(file.path);
  try {
    return await open(file, bytes);
  } catch {
    throw new Error(
      "is damaged, or was written with another key or for another project, environment, folder or identity",
    );
  }
}

async function seal({ key, context }: FallbackFile, kept: KeptSecrets): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  const text = encode(JSON.stringify(kept));
  const sealed = await crypto.subtle.encrypt(cipher(iv, context), await deriveKey(key), text);
  const head = encode(version);
  const bytes = new Uint8Array(head.length + iv.length + sealed.byteLength);
  bytes.set(head);
  bytes.set(iv, head.length);
  bytes.set(new Uint8Array(sealed), head.length + iv.length);
  return bytes;
}

async function open({ key, context }: FallbackFile, bytes: Uint8Array<ArrayBuffer>): Promise<KeptSecrets> {
  const start = version.length;
  if (new TextDecoder().decode(bytes.subarray(0, start)) !== version) throw new Error("another version");
  const iv = bytes.slice(start, start + nonceLength);
  const sealed = bytes.slice(start + nonceLength);
  const opened = await crypto.subtle.decrypt(cipher(iv, context), await deriveKey(key), sealed);
  const { secrets, savedAt } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(opened));
  return { secrets, savedAt };
}

function cipher(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encode(version + context) };
}

async function deriveKey(key: string): Promise<CryptoKey> {
  const { subtle } = crypto;
  const source = await subtle.importKey("raw", encode(key), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encode(version) };
  return subtle.deriveKey(how, source, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

interface Files {
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  writeFile(
    path: string,
    bytes: Uint8Array,
    options: { mode: number; flag: string; flush: boolean },
  ): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { force: true }): Promise<void>;
}

async function files(): Promise<Files> {
  const found = await loadNodeModule<Files>("fs/promises");
  if (typeof found?.readFile === "function") return found;
  throw Object.assign(new Error("cannot be read on this platform"), { code: "NO_FILES" });
}

async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await files();
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code = "unknown error" } = error as { readonly code?: string };
    throw new Error(code === "ENOENT" ? "does not exist yet" : `cannot be read (${code})`);
  }
}

/** Replaces a file as a whole: whoever reads it meanwhile sees the old one or the new one. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const { mkdir, rename, rm, writeFile } = await files();
  const folder = /^(.*)[\\/][^\\/]*$/s.exec(path)?.[1];
  if (folder) await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFile(temporary, bytes, { mode: 0o600, flag: "wx", flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
