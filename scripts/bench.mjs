import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

runBuilt([`${root}benchmarks/run.mjs`, ...process.argv.slice(2)]);
