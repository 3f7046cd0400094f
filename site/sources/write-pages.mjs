import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { copyPages } from "./copy-pages.mjs";
import { createProgram } from "./create-program.mjs";
import { readEntries } from "./entries.mjs";
import { findOptions } from "./find-options.mjs";
import { findUses } from "./find-uses.mjs";
import { linkSources } from "./link-sources.mjs";
import { readApi } from "./read-api.mjs";
import { readExamples } from "./read-examples.mjs";
import { repairAnchors } from "./repair-anchors.mjs";
import { withoutExample, writeOptions } from "./write-options.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** The Markdown that VitePress reads. */
const folder = fileURLToPath(new URL("../pages/", import.meta.url));

const entries = readEntries(root);
const examples = readExamples(root);
const program = createProgram(root, entries, examples);
const { app, project } = await readApi(root, program, entries);
const options = findOptions(project);
const uses = findUses(root, program, examples);
rmSync(folder, { recursive: true, force: true });
copyPages(root, folder);
linkSources(project);
await app.outputs.writeOutput({ name: "markdown", path: `${folder}api` }, project);
repairAnchors(`${folder}api`);
writeOptions(`${folder}options`, [...new Set(entries.map((entry) => entry.folder))].sort(), options, uses);
writeFileSync(
  `${folder}options-without-example.json`,
  JSON.stringify(withoutExample(options, uses), undefined, 2),
);
