import { defineConfig } from "vitest/config";
import { siteTests } from "./vitest.config.ts";

/** Tests of the documentation site as it is built. */
export default defineConfig({
  test: {
    include: siteTests,
    testTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: "100%",
  },
});
