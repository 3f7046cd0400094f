/// <reference types="vitepress/client" />

import manifestOfBuild from "./generated/manifest.json";
import type { Manifest } from "./manifest.ts";
import type { SentFiles } from "./worker/module-files.ts";

const manifest: Manifest = manifestOfBuild;

/** One file of text each, which is loaded when an example needs it. */
const loaders = import.meta.glob<string>("./generated/modules/*.js", { query: "?raw", import: "default" });

export const { placeholders } = manifest;

/** The program of the worker. */
export const workerText = async (): Promise<string> => (await import("./generated/worker.js?raw")).default;

/**
 * Loads what a module needs and one worker does not have yet.
 *
 * @param name - Of a module, as an example imports it, or of a file.
 * @param sent - The files that the worker has; those that are returned are added.
 */
export async function textsOf(name: string, sent: Set<string>): Promise<SentFiles> {
  const file = own(manifest.modules, name) ?? (own(manifest.imports, name) && name);
  if (file === undefined) return { texts: {} };
  const needed = filesOf(file).filter((each) => !sent.has(each));
  for (const each of needed) sent.add(each);
  const texts = await Promise.all(
    needed.map(async (each) => [each, await loaders[`./generated/modules/${each}`]?.()]),
  );
  return { file, texts: Object.fromEntries(texts) };
}

/** A file and all that it imports when it is loaded. */
function filesOf(file: string): string[] {
  const found = new Set([file]);
  for (const each of found) for (const imported of manifest.imports[each] ?? []) found.add(imported);
  return [...found];
}

function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
