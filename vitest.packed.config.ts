import { defineConfig } from "vitest/config";
import { packedTests } from "./vitest.config.ts";

/** Tests of the packages as users install them: built, packed and installed, never the sources. */
export default defineConfig({
  test: {
    include: packedTests,
    globalSetup: "tests/packed/setup.ts",
    testTimeout: 120_000,
    maxWorkers: "100%",
    teardownTimeout: 60_000,
  },
});
