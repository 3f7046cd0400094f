import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build, transform } from "esbuild";
import { type RollupOptions, rollup } from "rollup";
import webpack, { type Configuration } from "webpack";
import { parse } from "yaml";
import { root } from "../../scripts/pnpm.mjs";
import { readText } from "../../scripts/read-text.mjs";
import { blocksOf } from "../documentation/markdown-blocks.mjs";
import { packed } from "../packed/packed.ts";

const page = readText(join(root, "docs/recipes/lambda.md"));
const blocks = blocksOf("docs/recipes/lambda.md", page).map(({ code }) => code);
/** Where the recipe's handler is, in a user's project. */
const project = join(packed.project, "lambda");
/** Where the tools' plugins are found. */
const configurations = fileURLToPath(new URL("../node_modules/.lambda-recipe", import.meta.url));

/** The block of the recipe that holds a text. */
function blockWith(text: string): string {
  const found = blocks.filter((code) => code.includes(text));
  if (found.length !== 1) throw new Error(`${found.length} blocks of the recipe hold ${text}.`);
  return found[0] ?? "";
}

/** The recipe's handler. */
export const handler: string = blockWith("// handler.ts\n");

/** Writes a handler as TypeScript and as JavaScript, and gives its folder. */
export async function writeHandler(name: string, code: string): Promise<string> {
  const folder = join(project, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "handler.ts"), code);
  const { code: script } = await transform(code, { loader: "ts", format: "esm" });
  writeFileSync(join(folder, "handler.js"), script);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

/** Bundles as the recipe's esbuild command does. */
export function withCommand(folder: string): Promise<string> {
  const flags = [...blockWith("npx esbuild handler.ts").matchAll(/ --([\w-]+)(?:=(\S+))?/g)];
  const { outfile = "", ...options } = Object.fromEntries(
    flags.map(([, name, value]) => [name, value ?? true]),
  );
  return withEsbuild(folder, String(outfile), options);
}

/** Bundles as SAM does for the recipe's template: for Node, as CommonJS. */
export function withSam(folder: string): Promise<string> {
  const { Resources } = parse(blockWith("AWS::Serverless::Function"));
  const { EntryPoints, Minify, Target } = Resources.ReadKey.Metadata.BuildProperties;
  if (EntryPoints.join() !== "handler.ts") throw new Error(`The template builds ${EntryPoints.join()}.`);
  return withEsbuild(folder, "sam/handler.cjs", { bundle: true, minify: Minify, target: Target });
}

/** Bundles as the Serverless Framework does for the recipe's settings: for Node, as CommonJS. */
export function withServerless(folder: string): Promise<string> {
  return withEsbuild(folder, "serverless/handler.cjs", parse(blockWith("service: read-key")).build.esbuild);
}

/** Bundles as `NodejsFunction` does with the recipe's `bundling`: for Node, as CommonJS. */
export function withCdk(folder: string): Promise<string> {
  const minify =
    /bundling: \{ minify: (true|false) \}/.exec(blockWith("new NodejsFunction("))?.[1] === "true";
  return withEsbuild(folder, "cdk/handler.cjs", { bundle: true, minify, target: "node22" });
}

async function withEsbuild(folder: string, file: string, options: BuildOptions): Promise<string> {
  const outfile = join(folder, file);
  const entryPoints = [join(folder, "handler.ts")];
  await build({ platform: "node", format: "cjs", ...options, entryPoints, outfile, logLevel: "silent" });
  return outfile;
}

/** Bundles with webpack and the recipe's configuration. */
export async function withWebpack(folder: string): Promise<string> {
  const { output, ...configuration }: Configuration = await configurationOf("webpack.config.mjs");
  const path = join(folder, "webpack");
  const all: Configuration = {
    ...configuration,
    context: folder,
    output: { ...output, path },
    performance: false,
  };
  const stats = await promisify<Configuration, webpack.Stats>(webpack as never)(all);
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  return join(path, String(output?.filename));
}

/** Bundles with Rollup and the recipe's configuration. */
export async function withRollup(folder: string): Promise<string> {
  const { output, input, ...configuration }: RollupOptions = await configurationOf("rollup.config.mjs");
  const [options] = [output ?? []].flat();
  const file = join(folder, String(options?.file));
  const bundle = await rollup({ ...configuration, input: join(folder, String(input)) });
  await bundle.write({ ...options, file });
  await bundle.close();
  return file;
}

async function configurationOf(name: string) {
  mkdirSync(configurations, { recursive: true });
  const file = join(configurations, name);
  writeFileSync(file, blockWith(`// ${name}\n`));
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)).default;
}

/** The bytes that a table of the recipe says, plain and gzipped, by the text of its first column. */
export function sizesSaid(first: string): readonly number[] {
  const row = page.split("\n").find((line) => line.startsWith(`| ${first} `));
  return (row ?? "")
    .split("|")
    .slice(2, 4)
    .map((cell) => Number(cell.replace(",", "")));
}
