import { checkImports } from "./check-packages/check-imports.mjs";
import { checkManifests } from "./check-packages/check-manifests.mjs";
import { readPackages } from "./check-packages/read-packages.mjs";
import { root } from "./pnpm.mjs";

const packages = readPackages(root);
const violations = [...checkManifests(packages), ...checkImports(packages)];
for (const violation of violations) console.error(violation);
console.log(`${packages.length} packages checked, ${violations.length} violations.`);
process.exitCode = violations.length > 0 ? 1 : 0;
