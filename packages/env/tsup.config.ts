import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

const tsconfig = "../../tsconfig.build.json";

export default defineConfig([
  library({
    entry: { index: "src/index.ts", next: "src/next.ts", preload: "src/preload.ts" },
    tsconfig,
    format: ["esm"],
    splitting: true,
  }),
  library({
    entry: { index: "src/index.ts", next: "src/next.ts", preload: "src/required-preload.ts" },
    tsconfig,
    format: ["cjs"],
    clean: false,
  }),
  // What only --watch needs is loaded when it is needed.
  library({ entry: { cli: "src/cli.ts" }, format: ["esm"], dts: false, clean: false, splitting: true }),
]);
