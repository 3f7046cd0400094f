import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

console.log("Installing, building and fetching SvelteKit, Nuxt and Next.js (some minutes the first time) …");
runBuilt([`${root}tests/frameworks/run.mjs`, ...process.argv.slice(2)]);
