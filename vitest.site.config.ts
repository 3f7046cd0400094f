import { defineConfig } from "vitest/config";
import { patience, siteTests } from "./vitest.config.ts";

/** Tests of the documentation site as it is built. */
export default defineConfig({
  test: {
    include: siteTests,
    ...patience,
    maxWorkers: "100%",
  },
});
