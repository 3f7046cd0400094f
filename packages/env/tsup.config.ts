import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

const entry = { index: "src/index.ts" };
const tsconfig = "../../tsconfig.build.json";

export default defineConfig([
  library({ entry: { ...entry, preload: "src/preload.ts" }, tsconfig, format: ["esm"], splitting: true }),
  library({ entry, tsconfig, format: ["cjs"], clean: false }),
]);
