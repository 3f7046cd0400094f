import { defineConfig } from "tsup";
import { writeDeclarations } from "../../scripts/declarations.mjs";
import { library } from "../../tsup.base.ts";

const tsconfig = "../../tsconfig.build.json";

export default defineConfig(
  library({
    entry: { index: "src/index.ts", "no-node-transport": "src/no-node-transport.ts" },
    tsconfig,
    // Nobody imports the other one by name.
    dts: { entry: writeDeclarations({ index: "src/index.ts" }, tsconfig) },
    external: ["#node-transport"],
  }),
);
