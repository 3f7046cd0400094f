import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "../../scripts/pack.mjs";
import { pnpmOutput } from "../../scripts/pnpm.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const examples = fileURLToPath(new URL("../../examples", import.meta.url));

/**
 * @typedef {object} Framework
 * @property {string} name
 * @property {string} folder of its application
 * @property {string} program what builds it, in its folder
 * @property {string} server what `node` starts once it is built
 * @property {string} title what the application finds as NUXT_TITLE
 */

/** @type {readonly Framework[]} */
export const frameworks = [
  {
    name: "@sveltejs/kit",
    folder: "sveltekit",
    program: "node_modules/vite/bin/vite.js",
    server: "build",
    title: '"a title in quotes"',
  },
  {
    name: "nuxt",
    folder: "nuxt",
    program: "node_modules/nuxt/bin/nuxt.mjs",
    server: ".output/server/index.mjs",
    // Nuxt parses variables of runtimeConfig that are JSON.
    title: "a title in quotes",
  },
];

/** The application of Next.js, which is an example. */
export const next = { name: "next", folder: "next" };

/** What an application installs to be started by the preload. */
const installed = ["@infisical/core", "@infisical/env"];

/**
 * Makes the applications, with the packages installed from their tarballs. What else they need has the versions of the
 * lockfile.
 *
 * @param {string} folder where to make them
 */
export function makeApplications(folder) {
  cpSync(here, folder, { recursive: true });
  // The example, and pages that show more than an example should.
  cpSync(join(examples, next.folder), join(folder, next.folder), { recursive: true });
  const tarballs = new Map(
    packPackages(join(folder, "tarballs")).map(({ name, tarball }) => [name, `file:${tarball}`]),
  );
  const added = Object.fromEntries(installed.map((name) => [name, tarballs.get(name)]));
  for (const application of [...frameworks, next]) {
    const path = join(folder, application.folder, "package.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    const dependencies = { ...manifest.dependencies, ...added };
    writeFileSync(path, JSON.stringify({ ...manifest, dependencies }, undefined, 2));
  }
  const settings = join(folder, "pnpm-workspace.yaml");
  // Packages depend on each other by version: these are not to come from a registry.
  const overrides = [...tarballs].map(([name, file]) => `  "${name}": "${file}"\n`);
  writeFileSync(settings, `${readFileSync(settings, "utf8")}\noverrides:\n${overrides.join("")}`);
  // The lockfile knows nothing of the tarballs; the versions that it has are kept.
  pnpmOutput(["install", "--no-frozen-lockfile", "--ignore-scripts", "--prefer-offline"], { cwd: folder });
}
