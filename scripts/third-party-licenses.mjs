import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * An esbuild plugin: for every package from elsewhere whose code a build takes in, its licence text goes into
 * `licenses/` beside the code.
 *
 * @returns {NonNullable<import("tsup").Options["esbuildPlugins"]>[number]}
 */
export function thirdPartyLicenses() {
  return {
    name: "third-party-licenses",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const { outdir = "dist", absWorkingDir = "." } = build.initialOptions;
        for (const folder of packagesIn(metafile)) {
          writeLicense(resolve(absWorkingDir, folder), join(outdir, "licenses"));
        }
      });
    },
  };
}

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
 * @param {string} folder the folder of the package
 * @param {string} destination
 */
function writeLicense(folder, destination) {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0) {
    throw new Error(`${name} is taken into the build, but has no licence text: depend on it instead.`);
  }
  mkdirSync(destination, { recursive: true });
  writeFileSync(
    join(destination, `${name.replace("/", "__")}.txt`),
    `${name} ${version}\n\n${texts.join("\n\n")}\n`,
  );
}
