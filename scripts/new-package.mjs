import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { identifierOf, newPackageFiles } from "./new-package/files.mjs";
import { isIdentifier } from "./new-package/fill.mjs";
import { install, pnpm, root } from "./pnpm.mjs";

// Creates a package that passes `npm test` as it is: npm run new-package -- auth-ldap
const [folder = ""] = process.argv.slice(2);
if (!/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(folder) || folder === "auth") {
  fail(
    `The name must be a folder in lower case, such as auth-ldap or certificates, got ${JSON.stringify(folder)}.`,
  );
}
if (!isIdentifier(identifierOf(folder))) {
  fail(`The name must not be a word of JavaScript, got ${JSON.stringify(folder)}.`);
}
if (folder.startsWith("transport-")) {
  fail("There is no template for a transport: see docs/authoring-transport.md.");
}
if (existsSync(join(root, "packages", folder))) fail(`packages/${folder} exists already.`);

// The registers are written by what is installed, and a package without its whole package.json cannot be.
if (!install({ quiet: true })) process.exit(1);
const { version } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
for (const [file, text] of newPackageFiles(folder, version)) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
run(process.execPath, ["scripts/sync-packages.mjs"]);
if (!pnpm(["install", "--no-frozen-lockfile"], { quiet: true })) process.exit(1);
if (!pnpm(["exec", "biome", "check", "--write", `packages/${folder}`], { quiet: true })) process.exit(1);
console.log(`Created packages/${folder}. Next:
1. Write what it does: packages/${folder}/src, its tests and its README.
2. Teach it to the test server, and test against that: packages/test-server.
3. For the umbrella: npm run pnpm -- add --workspace --filter @infisical/sdk @infisical/${folder}, and export it there.`);

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
