import { defineConfig } from "vitest/config";
import { packedTests, patience } from "./vitest.config.ts";

/** Tests of the packages as users install them: built, packed and installed, never the sources. */
export default defineConfig({
  test: {
    include: packedTests,
    globalSetup: "tests/packed/setup.ts",
    ...patience,
    maxWorkers: "100%",
  },
});
