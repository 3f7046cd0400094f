import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const { compilerOptions } = JSON.parse(readFileSync(`${root}tsconfig.json`, "utf8"));

/** Tests that need the packages packed and installed; `vitest.packed.config.ts` runs them. */
export const packedTests = ["tests/{bundles,clients,consumers,installs,newcomer,tarballs}/**/*.test.ts"];

/** Tests of the built documentation; `vitest.site.config.ts` runs them. */
export const siteTests = ["tests/site/**/*.test.ts"];

/** What hangs ends at last. Before that, time says nothing: a busy machine may take ten times as long. */
export const patience = {
  expect: { poll: { timeout: 120_000 } },
  testTimeout: 600_000,
  hookTimeout: 600_000,
  teardownTimeout: 60_000,
};

/** Tests run against the packages' sources, so they need no build. */
const alias = Object.entries<string[]>(compilerOptions.paths).map(([name, [source]]) => ({
  find: new RegExp(`^${name}$`),
  // Errors are searched for the credentials of the requests that this one sees.
  replacement: `${root}${name === "@infisical/test-server" ? "tests/leak-hunt/test-server.ts" : source}`,
}));

export default defineConfig({
  resolve: { alias },
  test: {
    // Other style sheets are empty in tests, even as texts.
    css: { include: [/\/ui\/page\/page\.css/] },
    ...patience,
    setupFiles: ["tests/leak-hunt/setup.ts"],
    include: ["packages/*/test/**/*.test.ts", "tests/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...packedTests, ...siteTests],
    typecheck: {
      enabled: true,
      include: ["packages/*/test/**/*.test-d.ts"],
      tsconfig: "./tsconfig.type-tests.json",
    },
  },
});
