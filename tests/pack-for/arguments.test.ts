import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readArguments } from "../../scripts/pack-for/arguments.mjs";
import { neededPackages, readPublished } from "../../scripts/pack-for/needed-packages.mjs";
import { root } from "../../scripts/pnpm.mjs";

const published = readPublished(root);
const known = { cwd: resolve("/home/me/infisical"), names: [...published.keys()] };
const sdk = "@infisical/sdk";

describe("the command line", () => {
  test.each([
    [["../my app"], "/home/me/my app", [sdk]],
    [["/srv/app"], "/srv/app", [sdk]],
    [["../app", "secrets", "@infisical/core"], "/home/me/app", ["@infisical/secrets", "@infisical/core"]],
    [["../app", "secrets", "@infisical/secrets"], "/home/me/app", ["@infisical/secrets"]],
  ])("%j", (argv, folder, packages) => {
    expect(readArguments(argv, known)).toEqual({ help: false, folder: resolve(folder), packages });
  });

  test.each([
    [[], "needs the folder of a project, such as npm run pack-for -- ../my-app."],
    [[""], "needs the folder of a project, such as npm run pack-for -- ../my-app."],
    [["../app", "--dev"], "has only the option --help, got --dev."],
    [["../app", "-D", "secrets"], "has only the option --help, got -D."],
    [
      ["../app", "secret", "@other/core"],
      'has no package "secret", "@other/core"; there are auth-alicloud, ',
    ],
    [["../app", ""], 'has no package ""; there are '],
  ])("%j is refused", (argv, message) => {
    expect(() => readArguments(argv, known)).toThrow(message);
  });

  test("help is given wherever it is asked for", () => {
    expect(readArguments(["../app", "--help"], known)).toEqual({ help: true });
  });
});

describe("what is needed", () => {
  test("has the inner dependencies of what is asked for", () => {
    const { direct, inner } = neededPackages([sdk], published);
    expect(direct).toEqual([sdk]);
    expect(inner).toContain("@infisical/core");
    expect(inner).not.toContain("@infisical/certificates");
    expect(inner).not.toContain("@infisical/test-server");
  });

  test("lists required peers, which no registry has", () => {
    expect(neededPackages(["@infisical/secrets"], published)).toEqual({
      direct: ["@infisical/core", "@infisical/secrets"],
      inner: [],
    });
  });
});
