import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

export default defineConfig([
  library({ platform: "node" }),
  library({ platform: "node", entry: ["src/cli.ts"], format: ["esm"], dts: false, clean: false }),
]);
