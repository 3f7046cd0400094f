import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProgram } from "../programs/run.mjs";
import { localRegistry } from "./local-registry.mjs";

/** @typedef {import("../pack.mjs").PackedPackage} PackedPackage */

/** The package managers that users install with, as `npx` runs them. */
const managers = [
  { name: "npm", run: ["npm"], add: ["install", "--ignore-scripts", "--no-audit", "--no-fund"] },
  { name: "pnpm", run: ["npx", "--yes", "pnpm@10"], add: ["add", "--ignore-scripts"] },
  {
    name: "yarn",
    run: ["npx", "--yes", "yarn@1.22.22"],
    add: ["add", "--ignore-scripts", "--non-interactive"],
  },
];

/**
 * Installs all packages from a registry as users will after the release, with each package manager, and loads
 * every entry by `import` and by `require`.
 *
 * @param {string} folder for the projects
 * @param {readonly PackedPackage[]} packages
 * @returns {Promise<string[]>} a sentence for each failure
 */
export async function rehearseInstall(folder, packages) {
  const registry = await localRegistry(packages);
  const failures = [];
  try {
    for (const { name, run, add } of managers) {
      const project = join(folder, name);
      mkdirSync(project);
      writeFileSync(join(project, ".npmrc"), `@infisical:registry=${registry.url}\nminimum-release-age=0\n`);
      writeFileSync(join(project, "package.json"), '{ "private": true, "license": "MIT" }\n');
      writeFileSync(join(project, "load.cjs"), loadAll(packages));
      const names = [...packages.map((each) => `${each.name}@${each.version}`), "undici@7"];
      const [command = "", ...before] = run;
      const added = await execute(command, [...before, ...add, ...names], project);
      const loaded = added.failed ? added : await execute(process.execPath, ["load.cjs"], project);
      console.log(`${name.padEnd(6)} ${loaded.failed ? "failed" : loaded.output.trim()}`);
      if (loaded.failed) failures.push(`${name}: ${loaded.output}`);
    }
  } finally {
    registry.close();
  }
  return failures;
}

/**
 * A program that loads every entry both ways, and says how many there are.
 *
 * @param {readonly PackedPackage[]} packages
 */
function loadAll(packages) {
  const specifiers = JSON.stringify(packages.flatMap((each) => each.specifiers));
  return `const specifiers = ${specifiers};
(async () => {
  for (const each of specifiers) {
    require(each);
    await import(each);
  }
  console.log(specifiers.length + " entries load, by import and by require");
})();
`;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ failed: boolean, output: string }>}
 */
function execute(command, args, cwd) {
  return new Promise((resolve) => {
    const child = startProgram(command, args, { cwd });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ failed: true, output: error.message }));
    child.on("close", (code) => resolve({ failed: code !== 0, output }));
  });
}
