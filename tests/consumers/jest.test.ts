import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { packed, runNode, specifiers } from "../packed/packed.ts";

const { resolve } = createRequire(import.meta.url);

/** Nest 12 is ESM, which Jest cannot require. */
const required = specifiers.all.filter((each) => each !== "@infisical/nestjs");

/** Runs the tests of the user's project. */
function runJest(config: string): { readonly success: boolean; readonly numPassedTests: number } {
  const file = join(packed.project, "jest.config.cjs");
  writeFileSync(file, config);
  const jest = join(dirname(resolve("jest/package.json")), "bin/jest.js");
  return JSON.parse(runNode([jest, "--json", "--silent", "--watchman=false"]));
}

test("an application and its mocks can be tested with Jest, in CommonJS and with nothing configured", () => {
  const report = runJest(
    `process.env.SPECIFIERS = ${JSON.stringify(JSON.stringify(required))};
module.exports = { testMatch: ["**/*.test.cjs"] };`,
  );
  expect(report).toMatchObject({ success: true, numPassedTests: required.length + 6 });
});

test("a page can be tested with Jest and jsdom, which takes what is for browsers", () => {
  const report = runJest(
    `module.exports = {
  testMatch: ["**/*.jsdom.cjs"],
  testEnvironment: ${JSON.stringify(resolve("jest-environment-jsdom"))},
  globalSetup: "./src/server-for-jest.cjs",
  globalTeardown: "./src/server-for-jest.cjs",
};`,
  );
  expect(report).toMatchObject({ success: true, numPassedTests: 4 });
});
