import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "./pack.mjs";
import { helpText, readArguments } from "./pack-for/arguments.mjs";
import { neededPackages, readPublished } from "./pack-for/needed-packages.mjs";
import { formerPackages, readProject } from "./pack-for/project.mjs";
import { Refusal } from "./pack-for/refusal.mjs";
import { report } from "./pack-for/report.mjs";
import { stamped } from "./pack-for/stamp.mjs";
import { installAndBuild, root } from "./pnpm.mjs";

// Packs the packages as they are here and installs them into another project: npm run pack-for -- ../my-app
try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`pack-for: ${error.message}`);
  process.exitCode = 1;
}

/** @param {readonly string[]} argv */
async function main(argv) {
  const published = readPublished(root);
  // `npm run` changes the working directory to this repository, and tells where it was called.
  const cwd = process.env["INIT_CWD"] ?? process.cwd();
  const parsed = readArguments(argv, { cwd, names: [...published.keys()] });
  if (parsed.help) {
    console.log(helpText);
    return;
  }
  const project = readProject(parsed.folder, root);
  const asked = [...new Set([...parsed.packages, ...formerPackages(project, [...published.keys()])])];
  const needed = neededPackages(asked, published);
  const names = [...needed.direct, ...needed.inner];
  if (!installAndBuild({ filter: asked, print: console.log })) process.exit(1);

  const folder = mkdtempSync(join(realpathSync(tmpdir()), "infisical-pack-for-"));
  try {
    const tarballs = stamped(packPackages(folder, { only: names }), root);
    // It reads YAML with what has just been installed.
    const { installInto } = await import("./pack-for/install.mjs");
    console.log(`Installing into ${project.folder} with ${project.manager} ...`);
    const changed = installInto(project, { ...needed, tarballs });
    console.log(report(project, { ...needed, asked, tarballs, changed }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
