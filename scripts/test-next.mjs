import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

console.log("Installing, building and fetching Next.js (some minutes the first time) …");
runBuilt([`${root}tests/next/run.mjs`]);
