import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { packed, runNode, specifiers } from "../packed/packed.ts";

/** Writes a program that imports entries and keeps all that they export. */
function importing(entries: readonly string[], file: string): string {
  const imports = entries.map((entry, index) => `import * as e${index} from "${entry}";`);
  const names = entries.map((_, index) => `e${index}`);
  const path = join(packed.project, "src", file);
  writeFileSync(path, `${imports.join("\n")}\nconsole.log([${names.join()}].map(Object.keys).join());\n`);
  return path;
}

/** Nest looks for optional packages by name when it starts, so that its applications are bundled with a list of externals. */
const bundled = specifiers.all.filter((each) => each !== "@infisical/nestjs");
const withoutUndici = bundled.filter((each) => each !== "@infisical/transport-undici");
/** undici is CommonJS, whose calls of `require` for modules of Node stay what they are in an ESM bundle of esbuild. */
const withRequire = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

test.each([
  { format: "cjs", what: "everything", entries: bundled },
  { format: "esm", what: "everything but undici", entries: withoutUndici },
  {
    format: "esm",
    what: "everything, given a require",
    entries: bundled,
    banner: { js: withRequire },
  },
] as const)("esbuild makes an application of $what for Node, as $format", async (application) => {
  const { format, entries, banner = {} } = application;
  const outfile = join(packed.project, `bundle-node.${format === "cjs" ? "cjs" : "mjs"}`);
  const entry = importing(entries, "everything.js");
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format,
    banner,
    outfile,
  });
  expect(result.warnings).toEqual([]);
  expect(runNode([outfile])).toContain("createClient");
});

test("esbuild with default settings makes a bundle for browsers, without any module of Node", async () => {
  const entry = importing(specifiers.portable, "everywhere.js");
  const { metafile, warnings } = await build({
    entryPoints: [entry],
    bundle: true,
    metafile: true,
    write: false,
    outdir: packed.project,
  });
  expect(warnings).toEqual([]);
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const external = imports.filter(({ external }) => external).map(({ path, kind }) => [path, kind]);
  // An optional peer, which is not installed here: it is loaded when a CSR is made.
  expect(external).toEqual([["@peculiar/x509", "dynamic-import"]]);
});

test("Vite builds a page from the packages", async () => {
  const entry = importing(specifiers.portable, "page.js");
  const { build: buildPage } = await import("vite");
  const warnings: string[] = [];
  const result = await buildPage({
    root: packed.project,
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      lib: { entry, formats: ["es"], fileName: "page" },
      rollupOptions: { onwarn: ({ message }) => warnings.push(message) },
    },
  });
  const outputs = [result].flat().flatMap((each) => ("output" in each ? each.output : []));
  const code = outputs.map((output) => ("code" in output ? output.code : "")).join("\n");
  expect(warnings).toEqual([]);
  expect(code).toContain("createClient");
  expect(code).not.toMatch(/from\s*["']node:|__vite-browser-external/);
});
