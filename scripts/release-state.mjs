import { root } from "./pnpm.mjs";
import { waitingChangesets } from "./release/changesets.mjs";

// Prints how many changesets wait for a version, and nothing else.
console.log(waitingChangesets(root).length);
