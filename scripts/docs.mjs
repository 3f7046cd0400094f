import { buildSite } from "./docs/build-site.mjs";
import { install } from "./pnpm.mjs";

process.exitCode = install({ quiet: true }) && buildSite() ? 0 : 1;
