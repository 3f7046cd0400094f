import { root } from "./pnpm.mjs";
import { runBuilt } from "./run-built.mjs";

runBuilt([`${root}examples/quickstart/quickstart.mjs`], {
  filter: "@infisical/example-quickstart^...",
  print: console.log,
});
