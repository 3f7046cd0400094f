import { defineConfig } from "tsup";
import { writeDeclarations } from "../../scripts/declarations.mjs";
import { rawText } from "../../scripts/raw-text.mjs";
import { thirdPartyLicenses } from "../../scripts/third-party-licenses.mjs";
import { library } from "../../tsup.base.ts";

const publicEntries = { index: "src/index.ts", clouds: "src/clouds/index.ts" };

export default defineConfig([
  library({
    entry: {
      ...publicEntries,
      sockets: "src/engine/socket-server.ts",
      "no-sockets": "src/engine/no-sockets.ts",
    },
    // Nobody imports the two others by name.
    dts: { entry: writeDeclarations(publicEntries) },
    splitting: true,
    esbuildPlugins: [thirdPartyLicenses(), rawText()],
    // Jest has `require`, but no `import()`.
    plugins: [
      {
        name: "require-what-is-loaded-late",
        renderChunk(code) {
          const loaded = /import\(["'](jose|@peculiar\/[\w-]+)["']\)/g;
          return this.format === "cjs"
            ? { code: code.replaceAll(loaded, "Promise.resolve().then(() => require('$1'))") }
            : undefined;
        },
      },
    ],
    external: ["#sockets", /^node:/],
  }),
  library({
    entry: { cli: "src/cli.ts" },
    format: ["esm"],
    external: ["#sockets", /^node:/],
    dts: false,
    clean: false,
  }),
]);
