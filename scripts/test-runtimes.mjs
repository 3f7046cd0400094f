import { pnpm, root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

console.log("Installing, building and fetching the runtimes (about 1 GB the first time) …");
// A runtime that cannot be fetched has a row that says so.
pnpm(["--dir", "tests/runtimes", "install", "--frozen-lockfile"], { quiet: true });
runBuilt([`${root}tests/runtimes/run.mjs`]);
