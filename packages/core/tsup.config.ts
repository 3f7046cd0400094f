import { defineConfig } from "tsup";
import { writeDeclarations } from "../../scripts/declarations.mjs";
import { thirdPartyLicenses } from "../../scripts/third-party-licenses.mjs";
import { type LibraryOptions, library } from "../../tsup.base.ts";

const publicEntries = {
  index: "src/index.ts",
  authoring: "src/authoring.ts",
  logins: "src/logins.ts",
  ky: "src/ky.ts",
  node: "src/node.ts",
  testing: "src/testing/index.ts",
  "testing/server": "src/testing/server.ts",
};

const options: LibraryOptions = {
  entry: {
    ...publicEntries,
    "default-ky": "src/transports/ky.ts",
    "default-node": "src/transports/node.ts",
  },
  // Nobody imports the two others by name.
  dts: { entry: writeDeclarations(publicEntries) },
  // One copy of every class, whichever entries a program loads.
  splitting: true,
  external: ["#default-transport", /^node:/],
};

/** Puts off running ky's files until the first request: they need a `TextEncoder`, which Jest's pages do not have. */
const kyWhenUsed: NonNullable<LibraryOptions["esbuildPlugins"]>[number] = {
  name: "ky-when-used",
  setup: (build) => {
    build.onResolve({ filter: /^ky$/ }, ({ kind, resolveDir }) =>
      kind === "import-statement"
        ? { path: "ky", namespace: "when-used", pluginData: resolveDir }
        : undefined,
    );
    build.onLoad({ filter: /^ky$/, namespace: "when-used" }, ({ pluginData }) => ({
      contents: 'export default (url, options) => require("ky").default(url, options);',
      resolveDir: pluginData,
    }));
  },
};

export default defineConfig([
  library({ ...options, format: ["esm"] }),
  // ky has no CommonJS files, so it is taken in.
  library({
    ...options,
    format: ["cjs"],
    noExternal: ["ky"],
    esbuildPlugins: [kyWhenUsed, thirdPartyLicenses()],
    clean: false,
  }),
]);
