import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPackages } from "./check-packages/read-packages.mjs";
import { diagrams } from "./diagrams/all.mjs";
import { root } from "./pnpm.mjs";
import { readText } from "./read-text.mjs";
import { completeManifest } from "./sync-packages/manifest.mjs";
import {
  importList,
  json,
  packageTable,
  testsDependencies,
  tsconfigPaths,
} from "./sync-packages/registers.mjs";

// Writes what follows from packages/*: the common part of each package.json, and every register that lists them;
// and the diagrams of the documentation.
// With --check it writes nothing, and names the files that are not up to date.
const packages = readPackages(root);
const read = (/** @type {string} */ file) => readText(join(root, file));
const isWritten = (/** @type {string} */ file) => existsSync(join(root, file));
const files = new Map(
  packages.map(({ folder, manifest }) => {
    const ownBuild = existsSync(join(root, "packages", folder, "tsup.config.ts"));
    return [`packages/${folder}/package.json`, json(completeManifest(folder, manifest, { ownBuild }))];
  }),
);
files.set("tsconfig.json", tsconfigPaths(read("tsconfig.json"), packages, root));
files.set("ARCHITECTURE.md", importList(read("ARCHITECTURE.md"), packages));
files.set("docs/packages.md", packageTable(read("docs/packages.md"), packages));
files.set("tests/package.json", testsDependencies(read("tests/package.json"), packages));
for (const [file, drawing] of diagrams(packages)) files.set(file, drawing);

const outdated = [...files].filter(([file, text]) => !isWritten(file) || read(file) !== text);
if (process.argv.includes("--check")) {
  for (const [file] of outdated) console.error(`${file} is not up to date: run \`npm run sync:packages\`.`);
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of outdated) writeFileSync(join(root, file), text);
  console.log(
    outdated.length > 0 ? `Wrote ${outdated.map(([file]) => file).join(", ")}.` : "All is up to date.",
  );
}
