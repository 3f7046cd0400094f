import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.keys(exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => (entry === "." ? "index" : entry.slice("./".length)));

// What the sources share is in files of its own, not in each of their entries.
export default defineConfig(
  library({
    entry: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    splitting: true,
  }),
);
