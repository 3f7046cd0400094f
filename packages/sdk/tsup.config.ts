import { defineConfig } from "tsup";
import { allowMissingPeers } from "../../scripts/optional-types.mjs";
import { library } from "../../tsup.base.ts";

// When the declarations are written too, of which `onSuccess` knows nothing.
process.once("exit", allowMissingPeers);

export default defineConfig(
  library({
    entry: { index: "src/index.ts", ky: "src/ky.ts", node: "src/node.ts" },
    // That pass would hide the `require` below from the bundlers of others.
    treeshake: false,
    esbuildOptions: (options, { format }) => {
      // In CommonJS a late import is a `require`: Jest knows no `import()`, and core stays in one copy.
      if (format === "cjs") options.supported = { ...options.supported, "dynamic-import": false };
    },
  }),
);
