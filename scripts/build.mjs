import { install, pnpm } from "./pnpm.mjs";

// Installs and builds every package, on a machine that has only Node and npm.
const built = install({ quiet: true }) && pnpm(["exec", "turbo", "run", "build", ...process.argv.slice(2)]);
process.exitCode = built ? 0 : 1;
