import { join } from "node:path";
import { checkEntries } from "./check-packages/check-entries.mjs";
import { checkImports } from "./check-packages/check-imports.mjs";
import { checkManifests } from "./check-packages/check-manifests.mjs";
import { checkMethods } from "./check-packages/check-methods.mjs";
import { checkOptions } from "./check-packages/check-options.mjs";
import { checkWords } from "./check-packages/check-words.mjs";
import { checkWorkspaces } from "./check-packages/check-workspaces.mjs";
import { readPackages, readSources } from "./check-packages/read-packages.mjs";
import { readWorkspaces } from "./check-packages/read-workspaces.mjs";
import { root } from "./pnpm.mjs";

const packages = readPackages(root);
const violations = [
  ...checkManifests(packages),
  ...checkEntries(packages),
  ...checkImports(packages),
  ...checkMethods(packages, readSources(join(root, "tests", "generations"))),
  ...checkOptions(packages),
  ...checkWorkspaces(readWorkspaces(root)),
  ...checkWords(root),
];
for (const violation of violations) console.error(violation);
console.log(`${packages.length} packages checked, ${violations.length} violations.`);
process.exitCode = violations.length > 0 ? 1 : 0;
