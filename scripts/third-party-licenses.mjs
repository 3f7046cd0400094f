import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * An esbuild plugin: where a build takes in code of packages from elsewhere, their licence texts go into the
 * file THIRD-PARTY-LICENSES next to it.
 *
 * @returns {NonNullable<import("tsup").Options["esbuildPlugins"]>[number]}
 */
export function thirdPartyLicenses() {
  /** ESM and CommonJS are built side by side and may take in different packages. */
  const sections = new Map();
  return {
    name: "third-party-licenses",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const { outdir = "dist", absWorkingDir = "." } = build.initialOptions;
        for (const folder of packagesIn(metafile)) {
          sections.set(folder, licenseSection(resolve(absWorkingDir, folder)));
        }
        if (sections.size === 0) return;
        mkdirSync(outdir, { recursive: true });
        const text = `${preface}\n${[...sections.values()].sort().join("\n")}`;
        writeFileSync(join(outdir, "THIRD-PARTY-LICENSES"), text);
      });
    },
  };
}

const preface = "Parts of these packages are inside the files of this one.\n";

/**
 * @param {{ outputs: Record<string, { inputs: object }> } | undefined} metafile
 * @returns {Set<string>} the folders of the packages whose code went into an output
 */
function packagesIn(metafile) {
  const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return new Set(folders.filter((folder) => folder !== undefined));
}

/**
 * @param {string} folder the folder of a package
 * @returns {string} what it is, and its licence and notices
 */
function licenseSection(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) {
    throw new Error(`${name} is taken into the build, but has no licence text: depend on it instead.`);
  }
  const rule = "=".repeat(80);
  const heading = `${name} ${version}, ${license}, by ${author?.name ?? author ?? "its authors"}`;
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trimEnd());
  return `${rule}\n${heading}\n${rule}\n\n${texts.join("\n\n")}\n`;
}
