import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

runBuilt(["--expose-gc", `${root}tests/soak/run.mjs`]);
