import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { newPluginFiles } from "./new-plugin/files.mjs";
import { refusalOf } from "./new-plugin/refusal.mjs";
import { packInto } from "./pack-into.mjs";
import { installAndBuild } from "./pnpm.mjs";

// Creates a package of one's own, outside this repository: npm run new-plugin -- ../my-plugin --kind auth
const { npm_lifecycle_event: script, INIT_CWD: typedIn } = process.env;
const where = (script === "new-plugin" && typedIn) || process.cwd();
const { target, kind } = parse();
const folder = resolve(where, target);
const refusal = refusalOf(folder, kind);
if (refusal !== undefined) fail(refusal);

const packages = ["@infisical/core", "@infisical/test-server"];
if (!installAndBuild({ filter: packages })) process.exit(1);
const tarballs = packInto(folder, packages);
for (const [file, text] of newPluginFiles(folder, kind, tarballs)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
console.log(`Created ${folder}. Next, there:
1. npm install
2. npm test
3. npm run build`);

/** @returns {{ target: string, kind: string }} */
function parse() {
  try {
    const { positionals, values } = parseArgs({
      options: { kind: { type: "string", default: "resource" } },
      allowPositionals: true,
    });
    const [target, ...others] = positionals;
    if (target !== undefined && others.length === 0) return { target, kind: values.kind };
    return fail(`Name one folder, such as ../my-plugin, got ${JSON.stringify(positionals)}.`);
  } catch (error) {
    return fail(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
