import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

// Seed, number of calls and transport can be given: npm run soak -- 7 10000 kyTransport
runBuilt(["--expose-gc", `${root}tests/soak/run.mjs`, ...process.argv.slice(2)]);
