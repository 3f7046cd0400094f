import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** Writes the licences of all packages that a build takes in to a file. */
export function thirdPartyLicenses(file: string): Plugin {
  return {
    name: "third-party-licenses",
    setup(build) {
      build.onEnd(({ metafile }) => {
        const folders = Object.keys(metafile?.inputs ?? {}).map(packageFolder);
        const texts = [...new Set(folders)].filter((folder) => folder !== undefined).map(licenseOf);
        if (texts.length === 0) throw new Error("The build has taken in no package, so where is the signer?");
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${preface}\n${texts.sort().join("\n")}`);
      });
    },
  };
}

const preface = `Parts of these packages, without changes but for what was left out, are inside this package's files.\n`;

function packageFolder(input: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function licenseOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((each) => /^(?:licen[cs]e|notice)/i.test(each));
  if (files.length === 0) throw new Error(`${name} has no licence text to pass on`);
  const rule = "=".repeat(80);
  const heading = `${rule}\n${name} ${version}, ${license}, by ${author?.name ?? "its authors"}\n${rule}\n`;
  return [heading, ...files.map((each) => readFileSync(join(folder, each), "utf8").trimEnd())].join("\n");
}
