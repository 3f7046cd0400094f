import { pathToFileURL } from "node:url";
import { installAndBuild, root } from "./pnpm.mjs";

// Its standard output is the server's, which programs read.
console.error("Installing and building …");
if (!installAndBuild({ filter: "@infisical/test-server" })) process.exit(1);
await import(pathToFileURL(`${root}packages/test-server/dist/cli.js`).href);
