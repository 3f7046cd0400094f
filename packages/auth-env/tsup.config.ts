import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

export default defineConfig([
  library({
    entry: { index: "src/index.ts" },
    tsconfig: "../../tsconfig.build.json",
    // That pass would hide what is loaded late from the bundlers of others, in CommonJS.
    treeshake: false,
    plugins: [
      {
        // In CommonJS, a late import is a `require`: core stays in one copy. Bundlers accept a missing package only
        // where the call itself is in a `try`.
        name: "require-logins",
        renderChunk(code) {
          return this.format === "cjs"
            ? { code: code.replace(/\bimport\((?=["']@infisical\/)/g, "require(") }
            : undefined;
        },
      },
    ],
  }),
  library({ entry: { cli: "src/cli.ts" }, format: ["esm"], dts: false, clean: false }),
]);
