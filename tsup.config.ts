import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { library } from "./tsup.base.ts";

// The build of a package that needs nothing special, run in its folder: an entry for each key of `exports`.
const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.keys(exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => (entry === "." ? "index" : entry.slice("./".length)));

export default defineConfig(
  library({
    entry: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    tsconfig: "../../tsconfig.build.json",
    // What several entries share is in files of its own, not in each of them.
    splitting: entries.length > 1,
  }),
);
