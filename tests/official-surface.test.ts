import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as ours from "@infisical/sdk";
import * as official from "infisical-official";
import { expect, test } from "vitest";
import { exportedNames, privateNames, resolvedExports } from "./official-surface/declarations.mjs";
import { reachableFunctions } from "./official-surface/reachable-functions.mjs";

const read = (url: string): string => readFileSync(fileURLToPath(url), "utf8");
const officialDeclarations = read(import.meta.resolve("infisical-official").replace(/\.mjs$/, ".d.mts"));
const ourExports = resolvedExports(fileURLToPath(new URL("../packages/sdk/src/index.ts", import.meta.url)));

const hidden = privateNames(officialDeclarations);
const nowhere = { siteUrl: "http://127.0.0.1:9" };

test("every function reachable on the official client is reachable on ours by the same path", async () => {
  const theirs = await reachableFunctions(new official.InfisicalSDK(nowhere), hidden);
  const reachable = await reachableFunctions(new ours.InfisicalSDK(nowhere));
  expect(theirs.length).toBeGreaterThan(40);
  const missing = theirs.filter((path) => !reachable.includes(path));
  expect(missing).toEqual([]);
  process.stdout.write(`${theirs.length} of ${theirs.length} official functions are there\n`);
});

test("every name that the official package exports is exported by ours", () => {
  const theirs = exportedNames(officialDeclarations);
  expect(theirs).toHaveLength(87);
  expect(theirs.filter((name) => !ourExports.includes(name))).toEqual([]);
});

test("every value of the official enums is there under the same name", () => {
  const enums = Object.entries(official).filter(([, value]) => typeof value === "object");
  expect(enums.length).toBeGreaterThanOrEqual(6);
  for (const [name, values] of enums) {
    expect(Reflect.get(ours, name), name).toMatchObject(values);
  }
});
