import { describe, expect, test } from "vitest";
import { withTarballs } from "../../scripts/pack-for/manifest.mjs";
import { withYamlOverrides } from "../../scripts/pack-for/pnpm-overrides.mjs";
import { isOwnTarball } from "../../scripts/pack-for/project.mjs";
import { suffixOf, versionOf } from "../../scripts/pack-for/stamp.mjs";

const direct = { "@infisical/sdk": "file:.infisical/new.tgz" };
const overrides = { "@infisical/core": "file:.infisical/core.tgz" };

describe("package.json", () => {
  test("keeps what it has, its order, its indentation and its line ends", () => {
    const text =
      '{\r\n\t"name": "a",\r\n\t"overrides": {\r\n\t\t"b": "1"\r\n\t},\r\n\t"dependencies": {\r\n\t\t"c": "1"\r\n\t}\r\n}\r\n';
    const lines = [
      ...[
        "{",
        '\t"name": "a",',
        '\t"overrides": {',
        '\t\t"b": "1",',
        '\t\t"@infisical/core": "file:.infisical/core.tgz"',
      ],
      ...[
        "\t},",
        '\t"dependencies": {',
        '\t\t"@infisical/sdk": "file:.infisical/new.tgz",',
        '\t\t"c": "1"',
        "\t}",
        "}",
        "",
      ],
    ];
    expect(withTarballs(text, { direct, overrides, field: ["overrides"] })).toBe(lines.join("\r\n"));
  });

  test.each([
    ["resolutions", ["resolutions"], { resolutions: { x: "1", ...overrides } }],
    ["overrides of pnpm", ["pnpm", "overrides"], { pnpm: { neverBuilt: [], overrides } }],
  ])("gets %s next to those that are there", (_what, field, expected) => {
    const text = JSON.stringify({ resolutions: { x: "1" }, pnpm: { neverBuilt: [] } });
    expect(JSON.parse(withTarballs(text, { direct: {}, overrides, field }))).toMatchObject(expected);
  });

  test.each([
    ["dependencies for what is new", {}, "@infisical/sdk", "dependencies"],
    ["devDependencies for the test server", {}, "@infisical/test-server", "devDependencies"],
    [
      "the field that has it",
      { devDependencies: { "@infisical/sdk": "5.0.2" } },
      "@infisical/sdk",
      "devDependencies",
    ],
    [
      "dependencies, where the test server is",
      { dependencies: { "@infisical/test-server": "1" } },
      "@infisical/test-server",
      "dependencies",
    ],
  ])("lists a package in %s", (_what, manifest, name, field) => {
    const written = withTarballs(JSON.stringify(manifest), {
      direct: { [name]: "new" },
      overrides: {},
      field: undefined,
    });
    expect(JSON.parse(written)).toEqual({ [field]: { [name]: "new" } });
  });

  test("loses the overrides of an earlier run, and no others", () => {
    const former = {
      "@infisical/old": "file:.infisical/old.tgz",
      "@infisical/kept": "file:vendor/kept.tgz",
      a: { b: "1" },
    };
    const written = JSON.parse(
      withTarballs(JSON.stringify({ overrides: former }), { direct, overrides, field: ["overrides"] }),
    );
    expect(written.overrides).toEqual({
      "@infisical/kept": "file:vendor/kept.tgz",
      a: { b: "1" },
      ...overrides,
    });
  });
});

describe("pnpm-workspace.yaml", () => {
  test("keeps its comments and its other settings", () => {
    const text =
      "# mine\noverrides:\n  a: 1.0.0 # because\n  '@infisical/old': file:.infisical/old.tgz\nminimumReleaseAge: 1440\n";
    expect(withYamlOverrides(text, overrides, isOwnTarball)).toBe(
      '# mine\noverrides:\n  a: 1.0.0 # because\n  "@infisical/core": file:.infisical/core.tgz\nminimumReleaseAge: 1440\n',
    );
  });

  test("is made where there is none", () => {
    expect(withYamlOverrides("", overrides, isOwnTarball)).toBe(
      'overrides:\n  "@infisical/core": file:.infisical/core.tgz\n',
    );
  });

  test("that cannot be read is refused", () => {
    expect(() => withYamlOverrides("a: [", {}, isOwnTarball)).toThrow(
      /^pnpm-workspace\.yaml cannot be read: /,
    );
  });
});

describe("the version", () => {
  test.each([
    ["6.0.0-next.0", "6.0.0-next.0.g1a2b3c4"],
    ["6.1.0", "6.1.1-next.g1a2b3c4"],
  ])("of %s is a pre-release that no registry has", (version, expected) => {
    expect(versionOf(version, "g1a2b3c4")).toBe(expected);
  });

  test.each([
    ["the commit", { commit: "0123456", isClean: true }, "g0123456"],
    ["the commit and what has changed since", { commit: "0123456", isClean: false }, "g0123456.c0abcdef1"],
    ["what it holds, without a repository", { commit: undefined, isClean: false }, "c0abcdef1"],
  ])("says %s", (_what, state, suffix) => {
    expect(suffixOf(state, "0abcdef12345")).toBe(suffix);
  });
});
