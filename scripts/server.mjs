import { pathToFileURL } from "node:url";
import { installAndBuild, root } from "./pnpm.mjs";

// Its standard output is the server's, which programs read.
if (!installAndBuild({ filter: "@infisical/test-server", print: console.error })) process.exit(1);
await import(pathToFileURL(`${root}packages/test-server/dist/cli.js`).href);
