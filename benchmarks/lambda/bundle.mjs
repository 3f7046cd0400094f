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

/** ky where it is installed, and the files of core that hold or import it. */
const ofKy = /(?:^|\/)(?:node_modules\/ky\/|core\/dist\/(?:default-)?ky\.c?js$)/;

/**
 * @typedef {object} Bundle
 * @property {string} file
 * @property {number} bytes
 * @property {number} gzipped
 * @property {number} kyFiles how many files of ky went in
 */

/** @typedef {Record<keyof typeof handlers, Bundle>} Bundles */

/**
 * Bundles the handlers with esbuild's default settings for Node.
 *
 * @returns {{ bundles: Bundles, remove: () => void }}
 */
export function bundleHandlers() {
  const folder = mkdtempSync(join(tmpdir(), "infisical-bench-"));
  /** @param {keyof typeof handlers} name */
  const bundle = (name) => {
    const file = join(folder, `${name}.cjs`);
    const { outputFiles, metafile } = buildSync({
      entryPoints: [fileURLToPath(handlers[name])],
      bundle: true,
      minify: true,
      platform: "node",
      outfile: file,
      metafile: true,
      write: false,
      // The workspace's own settings would lead to its sources.
      tsconfigRaw: {},
      // Outside of node_modules, esbuild warns of imports that `sideEffects` makes superfluous.
      logLevel: "error",
    });
    const contents = outputFiles[0]?.contents ?? new Uint8Array();
    writeFileSync(file, contents);
    const kyFiles = Object.keys(metafile.inputs).filter((input) => ofKy.test(input)).length;
    return { file, bytes: contents.length, gzipped: gzipSync(contents).length, kyFiles };
  };
  return {
    bundles: { ours: bundle("ours"), official: bundle("official"), plain: bundle("plain") },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
