import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/pnpm.mjs";
import { packed, runNode, specifiers } from "../packed/packed.ts";

const { resolve } = createRequire(import.meta.url);

/** An application without DOM types, as services are. */
const forNode = { lib: ["ES2022"], types: ["node"] };

/** An application without Node's types, as pages and workers are. */
const forBrowsers = { lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] };

const nodenext = { module: "nodenext", moduleResolution: "nodenext" };
const node16 = { module: "node16", moduleResolution: "node16" };
const bundler = { module: "esnext", moduleResolution: "bundler" };

interface Compilation {
  readonly name: string;
  readonly options: object;
  /** Files that import every entry; the extension says whether as ESM or as CommonJS. */
  readonly files: readonly string[];
  readonly entries: readonly string[];
}

const compilations: readonly Compilation[] = [
  {
    name: "nodenext, ESM and CommonJS",
    options: { ...nodenext, ...forNode },
    files: ["every-entry.mts", "every-entry.cts"],
    entries: specifiers.all,
  },
  {
    name: "node16, CommonJS",
    options: { ...node16, ...forNode },
    files: ["every-entry.cts"],
    entries: specifiers.all,
  },
  {
    name: "bundler",
    options: { ...bundler, ...forBrowsers },
    files: ["every-entry.ts"],
    entries: specifiers.portable,
  },
];

/** What newer versions of TypeScript no longer have. */
const commonjs: Compilation = {
  name: "node10, CommonJS",
  options: { module: "commonjs", moduleResolution: "node", ...forNode },
  files: ["every-entry.ts"],
  entries: specifiers.all,
};

describe.each([
  ["typescript-oldest", [...compilations, commonjs]],
  ["typescript-newest", compilations],
])("with %s", (compiler, all) => {
  test.each(all)("an application compiles, all libraries checked: $name", (compilation) => {
    const { name, options, files, entries } = compilation;
    const folder = join(packed.project, "typescript", `${compiler} ${name}`.replaceAll(/\W+/g, "-"));
    mkdirSync(folder, { recursive: true });
    const imports = entries.map((entry, index) => `import * as e${index} from "${entry}";`);
    const names = imports.map((_, index) => `e${index}`);
    const source = `${imports.join("\n")}\nexport const all = [${names.join()}];\n`;
    for (const file of files) writeFileSync(join(folder, file), source);
    const compilerOptions = {
      ...options,
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      typeRoots: [join(root, "node_modules/@types")],
    };
    const allFiles = [...files, "../../src/application.ts"];
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: allFiles }));
    const tsc = join(dirname(resolve(`${compiler}/package.json`)), "bin/tsc");
    const compiled = runNode([tsc, "--project", folder, "--listFiles"]);
    expect(compiled).toContain("@infisical/core/dist/ky.d.");
    // ky's declarations are ESM, which CommonJS cannot import.
    expect(compiled).not.toContain("/node_modules/ky/");
  });
});
