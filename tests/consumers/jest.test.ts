import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { packed, runNode, specifiers } from "../packed/packed.ts";

const { resolve } = createRequire(import.meta.url);

test("an application can be tested with Jest, in CommonJS and with nothing configured", () => {
  writeFileSync(
    join(packed.project, "jest.config.cjs"),
    `process.env.SPECIFIERS = ${JSON.stringify(JSON.stringify(specifiers.all))};
module.exports = { testMatch: ["**/*.test.cjs"] };`,
  );
  const jest = join(dirname(resolve("jest/package.json")), "bin/jest.js");
  const report = JSON.parse(runNode([jest, "--json", "--silent", "--watchman=false"]));
  expect(report).toMatchObject({ success: true, numPassedTests: specifiers.all.length + 1 });
});
