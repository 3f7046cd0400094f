import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

/** The handlers: the same job three times. */
const handlers = {
  ours: new URL("../../examples/lambda/handler.mjs", import.meta.url),
  official: new URL("official.mjs", import.meta.url),
  plain: new URL("hand-written.mjs", import.meta.url),
};

/**
 * @typedef {{ file: string, bytes: number, gzipped: number }} Bundle
 */

/**
 * Bundles the handlers with esbuild's default settings for Node.
 *
 * @returns {{ bundles: Record<keyof typeof handlers, Bundle>, remove: () => void }}
 */
export function bundleHandlers() {
  const folder = mkdtempSync(join(tmpdir(), "infisical-bench-"));
  /** @param {keyof typeof handlers} name */
  const bundle = (name) => {
    const file = join(folder, `${name}.cjs`);
    const { outputFiles } = buildSync({
      entryPoints: [fileURLToPath(handlers[name])],
      bundle: true,
      minify: true,
      platform: "node",
      outfile: file,
      write: false,
    });
    const contents = outputFiles[0]?.contents ?? new Uint8Array();
    writeFileSync(file, contents);
    return { file, bytes: contents.length, gzipped: gzipSync(contents).length };
  };
  return {
    bundles: { ours: bundle("ours"), official: bundle("official"), plain: bundle("plain") },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
