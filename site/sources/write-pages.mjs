import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { copyPages } from "./copy-pages.mjs";
import { readApi, root } from "./read-api.mjs";

/** The Markdown that VitePress reads. */
const folder = fileURLToPath(new URL("../pages/", import.meta.url));

const { app, project } = await readApi();
rmSync(folder, { recursive: true, force: true });
copyPages(root, folder);
await app.outputs.writeOutput({ name: "markdown", path: `${folder}api` }, project);
