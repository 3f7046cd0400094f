import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import getReleasePlan from "@changesets/get-release-plan";
import { packPackages } from "./pack.mjs";
import { installAndBuild, root } from "./pnpm.mjs";
import { waitingChangesets } from "./release/changesets.mjs";
import { publishOrder } from "./release/publish-order.mjs";
import { rehearseInstall } from "./release/rehearse-install.mjs";

// Prints what a release would publish, installs that as users will, and publishes nothing.
if (!installAndBuild()) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), "infisical-release-"));
try {
  const { releases } = await getReleasePlan(root);
  const planned = new Map(releases.map(({ name, newVersion }) => [name, newVersion]));
  const packages = publishOrder(packPackages(folder));
  const width = Math.max(...packages.map(({ name }) => name.length));
  console.log(`${"package".padEnd(width)}  version          files   packed  unpacked`);
  for (const { name, version, files, size, tarball } of packages) {
    const unpacked = gunzipSync(readFileSync(tarball)).length;
    const columns = [name.padEnd(width), (planned.get(name) ?? version).padEnd(15)];
    console.log(
      [...columns, String(files.length).padStart(6), kilobytes(size), kilobytes(unpacked)].join("  "),
    );
  }
  const waiting = waitingChangesets(root).length;
  console.log(
    `\n${packages.length} packages, ${waiting} changesets not yet in a version. Nothing was published.`,
  );
  const failures = await rehearseInstall(folder, packages);
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(8);
}
