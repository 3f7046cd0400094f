import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

// The signer is a dev dependency, so its ESM files are taken in; from the CommonJS ones that bundlers
// would pick for Node by themselves, ten times as much would come along.
export default defineConfig(
  library({
    entry: { index: "src/index.ts", lambda: "src/lambda.ts" },
    splitting: false,
    // Tables that the signer's library makes when it is loaded, and that nothing here reads.
    treeshake: { manualPureFunctions: ["Array.from", "Object.entries"] },
    // Loaded late by a part of the signer's library that is not taken in.
    external: ["@smithy/core/event-streams"],
    esbuildOptions: (options) => {
      // Its variants without Node's modules: the umbrella must still bundle for other platforms.
      options.conditions = ["browser", "module"];
    },
  }),
);
