import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { packPackages } from "./pack.mjs";
import { installAndBuild, root } from "./pnpm.mjs";
import { waitingChangesets } from "./release/changesets.mjs";
import { publishOrder } from "./release/publish-order.mjs";

// Packs a release into the folder release/, for scripts/release-publish.mjs, which needs nothing else.
const waiting = waitingChangesets(root);
if (waiting.length > 0) {
  console.error(`${waiting.length} changesets are in no version yet: run \`npm run release:version\` first.`);
  process.exit(1);
}
const folder = join(root, "release");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
if (!installAndBuild()) process.exit(1);

const packages = publishOrder(packPackages(folder));
const list = packages.map(({ name, version, tarball }) => ({
  name,
  version,
  tarball: basename(tarball),
  sha512: createHash("sha512").update(readFileSync(tarball)).digest("hex"),
}));
writeFileSync(join(folder, "packages.json"), `${JSON.stringify(list, undefined, 2)}\n`);
for (const { name, version, tarball } of list) console.log(`${name}@${version}: ${tarball}`);
