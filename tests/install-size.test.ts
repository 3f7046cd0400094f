import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { programOutput } from "../scripts/programs/run.mjs";
import { root } from "./aws/bundle.ts";

interface Pack {
  readonly name: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const names = ["core", "auth-aws", "secrets"];

/** What `npm publish` would put into the tarballs. */
function pack(): Pack[] {
  const folders = names.map((name) => `./packages/${name}`);
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", ...folders];
  return JSON.parse(programOutput("npm", args, { cwd: root }));
}

let packs: readonly Pack[] = [];
beforeAll(() => {
  packs = pack();
});

function folderSize(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(join(folder, "node_modules")))
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** The folders of others' packages that installing this one brings along. */
function dependencies(folder: string): string[] {
  const { dependencies: direct = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys(direct)
    .filter((name) => !name.startsWith("@infisical/"))
    .map((name) => realpathSync(join(folder, "node_modules", name)))
    .flatMap((found) => [found, ...dependencies(found)]);
}

test("core, auth-aws and secrets with all they depend on take less than 4 MB", () => {
  const ours = packs.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  const others = [...new Set(names.flatMap((name) => dependencies(`${root}packages/${name}`)))];
  const total = others.reduce((sum, folder) => sum + folderSize(folder), ours);
  process.stdout.write(
    `Install size: ${total} bytes, of others: ${others.map((each) => each.split("/").at(-1))}\n`,
  );
  expect(packs.map(({ name }) => name)).toEqual(names.map((name) => `@infisical/${name}`));
  expect(ours).toBeGreaterThan(100_000);
  expect(total).toBeLessThan(4 * 2 ** 20);
});

test("auth-aws depends on nothing at runtime, and passes on the licences of what is inside it", () => {
  const folder = `${root}packages/auth-aws`;
  const { dependencies: runtime, peerDependencies } = JSON.parse(
    readFileSync(`${folder}/package.json`, "utf8"),
  );
  expect(runtime).toBeUndefined();
  expect(Object.keys(peerDependencies)).toEqual(["@aws-sdk/credential-providers", "@infisical/core"]);
  const files = packs.find(({ name }) => name === "@infisical/auth-aws")?.files ?? [];
  expect(files.map(({ path }) => path)).toContain("dist/THIRD-PARTY-LICENSES");
  const licenses = readFileSync(`${folder}/dist/THIRD-PARTY-LICENSES`, "utf8");
  for (const name of ["@smithy/signature-v4", "@smithy/core"]) {
    expect(licenses).toMatch(new RegExp(`\n${name} \\d+\\.\\d+\\.\\d+, Apache-2\\.0, by `));
  }
  expect(licenses).toContain("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION");
});
