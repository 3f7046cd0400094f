import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { packed } from "../packed/packed.ts";
import { bundles } from "./bundles.ts";

const fixtures = new URL("fixtures/", import.meta.url);

test("every fixture has a ceiling", () => {
  expect(bundles.map(({ fixture }) => fixture).sort()).toEqual(readdirSync(fixtures).sort());
});

describe.each(bundles)("the bundle of $fixture", async ({ fixture, platform, ceiling, mustNotAppear }) => {
  const { outputFiles, warnings } = await build({
    stdin: { contents: readFileSync(new URL(fixture, fixtures), "utf8"), resolveDir: packed.project },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    write: false,
    logLevel: "silent",
  });
  const text = outputFiles[0]?.text ?? "";

  test(`is at most ${ceiling} bytes`, () => {
    const size = Buffer.byteLength(text);
    expect(warnings).toEqual([]);
    expect(text).toContain("/api/v3/secrets/raw");
    expect(size, `minified; ${gzipSync(text).length} bytes with gzip`).toBeLessThanOrEqual(ceiling);
  });

  test.each(mustNotAppear)("holds no %s", (unwanted) => {
    expect(text).not.toContain(unwanted);
  });
});
