import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

console.log("Installing and building …");
runBuilt([`${root}examples/quickstart/quickstart.mjs`], { filter: "@infisical/example-quickstart^..." });
