import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/**
 * Bundles all that a package exports into one minified file for Node, with esbuild's default settings. What it loads
 * late goes in too: a single file cannot load anything later.
 *
 * @param {string} name
 * @returns {number} its size in bytes
 */
export function nodeBundleSize(name) {
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from "${name}";`, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    platform: "node",
    write: false,
    // The workspace's own settings would lead to its sources.
    tsconfigRaw: {},
    // Outside of node_modules, esbuild warns of imports that `sideEffects` makes superfluous.
    logLevel: "error",
  });
  return outputFiles[0]?.contents.length ?? Number.NaN;
}
