import { createEncryption } from "@infisical/cache/encryption";
import { warn } from "@infisical/core/authoring";
import { loadNodeModule } from "@infisical/core/logins";
import type { ReadSecret } from "./variables.ts";

/** Where the last good secrets are kept, and what they belong to. */
export interface FallbackFile {
  readonly path: string;
  readonly key: Uint8Array;
  /** What was read, from where and by whom. A file of anything else cannot be opened. */
  readonly context: string;
}

/** What a file kept. */
export interface KeptSecrets {
  readonly secrets: readonly ReadSecret[];
  /** When they were read, in milliseconds since 1970. */
  readonly savedAt: number;
}

/** Keeps secrets, readable by the owner only. A file that cannot be written is a warning: the secrets are there. */
export async function keepSecrets(file: FallbackFile, kept: KeptSecrets): Promise<void> {
  try {
    const { path, key, context } = file;
    await writeWhole(path, await createEncryption(key).seal(context, JSON.stringify(kept)));
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
  const { path, key, context } = file;
  const sealed = await readWhole(path);
  try {
    return JSON.parse(await createEncryption(key).open(context, sealed));
  } catch {
    throw new Error(
      "is damaged, or was written with another key or for another project, environment, folder or identity",
    );
  }
}

interface Files {
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  readFile(path: string, encoding: "latin1"): Promise<string>;
  writeFile(
    path: string,
    text: string,
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

async function readWhole(path: string): Promise<string> {
  const { readFile } = await files();
  try {
    return await readFile(path, "latin1");
  } catch (error) {
    const { code = "unknown error" } = error as { readonly code?: string };
    throw new Error(code === "ENOENT" ? "does not exist yet" : `cannot be read (${code})`);
  }
}

/** Replaces a file as a whole: whoever reads it meanwhile sees the old one or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const { mkdir, rename, rm, writeFile } = await files();
  const folder = /^(.*)[\\/][^\\/]*$/s.exec(path)?.[1];
  if (folder) await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: "wx", flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
