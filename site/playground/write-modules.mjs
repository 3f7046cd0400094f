import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { readText } from "../../scripts/read-text.mjs";
import { browserSources, entriesOf, placeholders } from "./entries.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const generated = fileURLToPath(new URL("./generated", import.meta.url));

/** Bundles the packages' sources, as a page gets them, into the files that an example loads when it runs. */
async function writeModules() {
  const entries = entriesOf(JSON.parse(readText(join(root, "tsconfig.json"))));
  const all = await bundle(entries);
  const runsInPages = Object.entries(entries).filter(([name]) =>
    needsNothingElse(all.metafile, fileOf(name)),
  );
  const { metafile, outputFiles } = await bundle(Object.fromEntries(runsInPages));

  rmSync(generated, { recursive: true, force: true });
  mkdirSync(join(generated, "modules"), { recursive: true });
  for (const { path, text } of outputFiles) {
    // A file that is loaded late has a name, which the worker asks the page for.
    const code = text.replaceAll(/\bimport\("\.\/([\w-]+\.js)"\)/g, 'loadModuleFile("$1")');
    writeFileSync(join(generated, "modules", basename(path)), code);
  }
  /** @type {import("./manifest.ts").Manifest} */
  const manifest = {
    modules: Object.fromEntries(
      runsInPages.map(([name]) => [name, fileOf(name)]).filter(([name]) => name !== placeholders),
    ),
    placeholders: fileOf(placeholders),
    imports: Object.fromEntries(
      Object.entries(metafile.outputs).map(([path, output]) => [basename(path), importsOf(output)]),
    ),
  };
  writeFileSync(join(generated, "manifest.json"), JSON.stringify(manifest));
  await buildWorker();
}

/** @param {Record<string, string>} entries the source of each module, by its name */
function bundle(entries) {
  const entryPoints = Object.entries(entries).map(([name, source]) => ({
    in: source.startsWith(".") ? join(root, source) : source,
    out: fileOf(name).slice(0, -".js".length),
  }));
  return esbuild.build({
    ...common,
    entryPoints,
    outdir: join(generated, "modules"),
    splitting: true,
    chunkNames: "chunk-[hash]",
    metafile: true,
    write: false,
    alias: Object.fromEntries(
      Object.entries({ ...entries, ...browserSources })
        .filter(([, source]) => source.startsWith("."))
        .map(([name, source]) => [name, join(root, source)]),
    ),
    absWorkingDir: join(root, "tests"),
    // A module that imports one of these when it is loaded does not run in a page.
    external: ["node:*", ...builtinModules, "@aws-sdk/*", "@nestjs/*", "undici"],
  });
}

/** The worker's own program, with what turns TypeScript into JavaScript. */
function buildWorker() {
  return esbuild.build({
    ...common,
    format: "iife",
    entryPoints: [fileURLToPath(new URL("./worker/worker.ts", import.meta.url))],
    outfile: join(generated, "worker.js"),
  });
}

/** @type {esbuild.BuildOptions & { format: "esm" }} */
const common = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  conditions: ["browser", "import"],
  target: "es2022",
  legalComments: "none",
  logLevel: "error",
};

/**
 * @param {string} name of a module, such as `@infisical/core/ky`
 * @returns {string} of its file
 */
function fileOf(name) {
  return `${name.replace("@", "").replaceAll("/", "-")}.js`;
}

/** @param {esbuild.Metafile["outputs"][string]} output */
function importsOf({ imports }) {
  return imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path));
}

/**
 * Tells whether a file and all that it imports when it is loaded are files of the bundle.
 *
 * @param {esbuild.Metafile} metafile
 * @param {string} file
 */
function needsNothingElse({ outputs }, file) {
  const byName = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
  const seen = new Set([file]);
  for (const name of seen) {
    const output = byName.get(name);
    if (
      output === undefined ||
      output.imports.some(({ external, kind }) => external && kind === "import-statement")
    ) {
      return false;
    }
    for (const imported of importsOf(output)) seen.add(imported);
  }
  return true;
}

await writeModules();
