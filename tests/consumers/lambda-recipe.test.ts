import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { runNode } from "../packed/packed.ts";
import {
  handler,
  sizesSaid,
  withCdk,
  withCommand,
  withRollup,
  withSam,
  withServerless,
  withWebpack,
  writeHandler,
} from "./lambda-recipe.ts";

const withoutCache = handler.replace(/^import \{ cache \}.*\n/m, "").replace(/^ *middleware:.*\n/m, "");
const withChain = handler.replace("@infisical/auth-aws/lambda", "@infisical/auth-aws");
const withUmbrella = handler
  .replace(/^import \{ (?:awsIamAuth|secrets) \}.*\n/gm, "")
  .replace(
    'import { createClient } from "@infisical/core";',
    'import { InfisicalSDK } from "@infisical/sdk";',
  )
  .replace("createClient({", "new InfisicalSDK({")
  .replace(/^ *plugins:.*\n/m, "")
  .replace("import { InfisicalSDK }", "import { awsIamAuth, InfisicalSDK }");

/** What the handler says twice, with a login and a read for both. */
const twice = { bodies: Array(2).fill("The key has 10 characters."), requests: 2 };

const tools: readonly [row: string, name: string, bundle: (folder: string) => Promise<string>][] = [
  ["esbuild, SAM, Serverless, CDK", "esbuild", withCommand],
  ["esbuild, SAM, Serverless, CDK", "sam", withSam],
  ["esbuild, SAM, Serverless, CDK", "serverless", withServerless],
  ["esbuild, SAM, Serverless, CDK", "cdk", withCdk],
  ["webpack", "webpack", withWebpack],
  ["Rollup", "rollup", withRollup],
];

test.each(tools)("%s: the file of %s runs, and is as large as the recipe says", async (row, name, bundle) => {
  const file = await bundle(await writeHandler(name, handler));
  expect(JSON.parse(runNode(["src/run-lambda.mjs", file]))).toEqual(twice);
  expectSizes(file, row);
});

test.each([
  ["this one", handler, 2],
  ["without `@infisical/cache`", withoutCache, 3],
  ["with `@infisical/auth-aws` in the place of `/lambda`", withChain, 2],
  ["with `InfisicalSDK` of `@infisical/sdk`", withUmbrella, 2],
])("the handler %s is as large as the recipe says", async (row, code, requests) => {
  const file = await withCommand(await writeHandler(`entries-${row.replaceAll(/\W+/g, "-")}`, code));
  expect(JSON.parse(runNode(["src/run-lambda.mjs", file]))).toEqual({ ...twice, requests });
  expectSizes(file, row);
});

/** Compares a file with the sizes in the recipe, which may be a fiftieth off. */
function expectSizes(file: string, row: string): void {
  const content = readFileSync(file);
  const sizes = [content.length, gzipSync(content, { level: 9 }).length];
  const said = sizesSaid(row);
  const isRight = sizes.every((size, index) => Math.abs((said[index] ?? 0) / size - 1) < 0.02);
  expect(isRight ? sizes : said, `the sizes of "${row}" in docs/recipes/lambda.md`).toEqual(sizes);
}
