import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { expect, test } from "vitest";
import { entryNames } from "../../scripts/check-packages/check-entries.mjs";
import { packed } from "../packed/packed.ts";

test.each(packed.packages)("the types of $name are right in every kind of resolution", async (each) => {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(each.tarball))));
  if (!result.types) throw new Error(`${each.name} has no types.`);
  expect(result.problems).toEqual([]);
  const entries = Object.keys(result.entrypoints).filter((entry) => entry !== "./package.json");
  expect(entries.length).toBe(entryNames(each.manifest).length);
});
