import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { packed } from "../packed/packed.ts";
import { bundles } from "./bundles.ts";

const fixtures = new URL("fixtures/", import.meta.url);

test("every fixture has a ceiling", () => {
  const fixturesWithCeiling = new Set(bundles.map(({ fixture }) => fixture));
  expect([...fixturesWithCeiling].sort()).toEqual(readdirSync(fixtures).sort());
});

describe.each(bundles)("the bundle of $fixture for $platform", async (bundle) => {
  const { fixture, platform, splitting, ceiling, mustNotAppear } = bundle;
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents: readFileSync(new URL(fixture, fixtures), "utf8"), resolveDir: packed.project },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    splitting,
    outdir: "bundle",
    absWorkingDir: packed.project,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const entry = Object.keys(metafile.outputs).filter(
    (path) => metafile.outputs[path]?.entryPoint === "<stdin>",
  );
  // The set grows while it is read: by what each file imports at once.
  const atOnce = new Set(entry);
  for (const path of atOnce) {
    const imports = metafile.outputs[path]?.imports ?? [];
    for (const { kind, path } of imports)
      if (kind === "import-statement" && path in metafile.outputs) atOnce.add(path);
  }
  const text = outputFiles
    .filter(({ path }) => [...atOnce].some((each) => path.endsWith(each)))
    .map(({ text }) => text)
    .join("\n");

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
