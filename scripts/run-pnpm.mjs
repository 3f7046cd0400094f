import { pnpm } from "./pnpm.mjs";

// Runs the pnpm that is pinned with the arguments of the command line.
process.exitCode = pnpm(process.argv.slice(2)) ? 0 : 1;
