import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const suffix = /\?raw$/;

/**
 * An esbuild plugin: `import text from "./page.html?raw"` is the text of a file, as it is for vitest.
 *
 * The suffix stays in the paths, so that no other plugin takes the file for a style sheet.
 *
 * @returns {NonNullable<import("tsup").Options["esbuildPlugins"]>[number]}
 */
export function rawText() {
  const namespace = "raw-text";
  return {
    name: namespace,
    setup(build) {
      // Paths stand in comments of what is built, which are not to tell of the machine.
      const folder = build.initialOptions.absWorkingDir ?? process.cwd();
      build.onResolve({ filter: suffix }, ({ path, resolveDir }) => ({
        path: relative(folder, join(resolveDir, path)).replaceAll("\\", "/"),
        namespace,
      }));
      build.onLoad({ filter: suffix, namespace }, ({ path }) => {
        const contents = readFileSync(resolve(folder, path.replace(suffix, "")), "utf8").replaceAll(
          "\r\n",
          "\n",
        );
        return { contents, loader: "text" };
      });
    },
  };
}
