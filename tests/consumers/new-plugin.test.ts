import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../scripts/pnpm.mjs";
import { runNode } from "../packed/packed.ts";

const place = mkdtempSync(join(tmpdir(), "infisical-plugin "));
afterAll(() => rmSync(place, { recursive: true }));

/** What the package before has installed. The next one has the same dependencies, so npm only has to check them. */
let installed: string | undefined;

test.each([
  ["resource", "my-plugin", "myPlugin"],
  ["auth", "auth-acme", "acmeAuth"],
  ["transport", "acme-transport", "acmeTransport"],
])("a new %s outside the repository passes its own tests and builds", (kind, name, factory) => {
  const folder = join(place, "ä", name);
  run(process.execPath, [join(root, "scripts/new-plugin.mjs"), `ä/${name}`, "--kind", kind], place);
  if (installed !== undefined) renameSync(installed, join(folder, "node_modules"));
  installed = join(folder, "node_modules");
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], folder);
  expect(run("npm", ["test"], folder)).toMatch(/Test Files\s+2 passed/);
  run("npm", ["run", "build"], folder);
  const script = `
    import { createRequire } from "node:module";
    import * as imported from ${JSON.stringify(name)};
    const required = createRequire(import.meta.url)(${JSON.stringify(name)});
    console.log(typeof imported.${factory}, typeof required.${factory});`;
  expect(runNode(["--input-type=module", "--eval", script], folder).trim()).toBe("function function");
  expect(readFileSync(join(folder, "dist/index.d.cts"), "utf8")).toContain(factory);
});

/** Runs a command as a user does; gives what it prints, and fails with all that it printed. */
function run(command: string, args: readonly string[], cwd: string): string {
  // What the surrounding test runner and npm set must not reach it.
  const { PATH = "", HOME = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { PATH, HOME, NO_COLOR: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
