import { buildSite, builtSite } from "./docs/build-site.mjs";
import { serveFolder } from "./docs/serve-folder.mjs";
import { install } from "./pnpm.mjs";

if (install({ quiet: true }) && buildSite()) {
  const { url } = await serveFolder(builtSite, 4173);
  console.log(`The documentation is at ${url} until you press Ctrl+C.`);
} else {
  process.exitCode = 1;
}
