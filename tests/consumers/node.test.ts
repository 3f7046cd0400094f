import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packed, runNode, specifiers } from "../packed/packed.ts";

test("none of our packages is fetched from a registry to install them", () => {
  const lockfile = JSON.parse(readFileSync(join(packed.project, "package-lock.json"), "utf8"));
  const ours = Object.entries<{ resolved?: string }>(lockfile.packages).filter(([path]) =>
    path.includes("node_modules/@infisical/"),
  );
  expect(ours.map(([path]) => path).sort()).toEqual(
    packed.packages.map(({ name }) => `node_modules/${name}`).sort(),
  );
  for (const [, { resolved }] of ours) expect(resolved).toMatch(/^file:/);
});

test.each(["src/esm.mjs", "src/commonjs.cjs"])("an application can be %s", (file) => {
  expect(runNode([file, ...specifiers.all])).toBe("done\n");
});

test("an application works where each package sees only what it declares", () => {
  expect(runNode(["src/esm.mjs", ...specifiers.all], packed.strictProject)).toBe("done\n");
  expect(runNode(["src/commonjs.cjs", ...specifiers.all], packed.strictProject)).toBe("done\n");
});

test("the ESM and the CommonJS copy in one process recognise each other's errors", () => {
  expect(runNode(["src/both-copies.mjs"])).toBe("done\n");
});

test("every entry of core throws the errors of its main entry, as ESM and as CommonJS", () => {
  expect(runNode(["src/one-copy.mjs"])).toBe("done\n");
});

test.each([
  ["ESM", 'const { InfisicalSDK } = await import("@infisical/sdk")', "module"],
  ["CommonJS", 'const { InfisicalSDK } = require("@infisical/sdk")', "commonjs"],
])("what prints the class finds its name (%s)", (_, load, type) => {
  const program = `${load}; console.log(InfisicalSDK.name, new InfisicalSDK().constructor.name)`;
  expect(runNode([`--input-type=${type}`, "--eval", program])).toBe("InfisicalSDK InfisicalSDK\n");
});
