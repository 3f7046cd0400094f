import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { packed } from "../packed/packed.ts";
import { additions, type Bundle, bundles } from "./bundles.ts";

const fixtures = new URL("fixtures/", import.meta.url);
const advice = "if the growth is meant, raise the ceiling in tests/bundles/bundles.ts";

test("every fixture has a ceiling", () => {
  const withCeiling = new Set([...bundles, ...additions].map(({ fixture }) => fixture));
  expect([...withCeiling].sort()).toEqual(readdirSync(fixtures).sort());
});

describe.each(bundles)("the bundle of $fixture for $platform", async (bundle) => {
  const { ceiling, mustNotAppear } = bundle;
  const { text, warnings } = await bundleOf(bundle);

  test(`is at most ${ceiling} bytes`, () => {
    expect(warnings).toEqual([]);
    expect(text).toContain("/api/v3/secrets/raw");
    const size = `minified; ${gzipSync(text).length} bytes with gzip; ${advice}`;
    expect(sizeOf(text), size).toBeLessThanOrEqual(ceiling);
  });

  test.each(mustNotAppear)("holds no %s", (unwanted) => {
    expect(text).not.toContain(unwanted);
  });
});

describe.each(additions)(
  "$fixture",
  ({ fixture, addsTo, ceiling, ceilingWithCore, mustNotAppear, ...of }) => {
    test(`adds at most ${ceilingWithCore} bytes to ${addsTo}, ${ceiling} of them of ${of.package}`, async () => {
      const [more, less] = await Promise.all(
        [fixture, addsTo].map((each) => bundleOf({ fixture: each, platform: "node", splitting: false })),
      );
      expect(more?.warnings).toEqual([]);
      expect(more?.bytesOf(of.package)).toBeGreaterThan(0);
      expect(more?.bytesOf(of.package), advice).toBeLessThanOrEqual(ceiling);
      expect(sizeOf(more?.text) - sizeOf(less?.text), advice).toBeLessThanOrEqual(ceilingWithCore);
      for (const unwanted of mustNotAppear) expect(more?.text).not.toContain(unwanted);
    });

    test("can be bundled for browsers and workers", async () => {
      expect((await bundleOf({ fixture, platform: "browser", splitting: false })).warnings).toEqual([]);
    });
  },
);

/** The text that a program loads at once, without what it loads when it needs it. */
async function bundleOf({
  fixture,
  platform,
  splitting,
}: Pick<Bundle, "fixture" | "platform" | "splitting">) {
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
  const files = outputFiles.filter(({ path }) => [...atOnce].some((each) => path.endsWith(each)));
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return {
    text: files.map(({ text }) => text).join("\n"),
    warnings,
    /** The bytes that a package's own files came to. */
    bytesOf: (folder: string) =>
      inputs
        .filter(([path]) => path.includes(`node_modules/@infisical/${folder}/`))
        .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0),
  };
}

function sizeOf(text = ""): number {
  return Buffer.byteLength(text);
}
