import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

runBuilt([`${root}benchmarks/fleet/run.mjs`, ...process.argv.slice(2)]);
