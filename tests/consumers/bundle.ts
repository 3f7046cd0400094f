import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve, type RollupNodeResolveOptions } from "@rollup/plugin-node-resolve";
import { type BuildOptions, build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { type BuildEnvironmentOptions, type UserConfig, build as vite } from "vite";
import webpack, { type Configuration, type StatsModule } from "webpack";
import { packed } from "../packed/packed.ts";

/** A bundle on disk. */
export interface Bundle {
  /** Its file. */
  readonly file: string;
  /** Its text. */
  readonly code: string;
  /** The paths of the modules that something is left of in it. */
  readonly modules: readonly string[];
  /** What the bundler complains of. */
  readonly warnings: readonly string[];
}

/** What is bundled: a file of the user's project. */
const entry = join(packed.project, "src/read-secret.mjs");

let bundles = 0;

/** A folder for one bundle, in the user's project. */
function newFolder(): string {
  bundles += 1;
  return join(packed.project, "bundles", String(bundles));
}

function read(file: string, modules: readonly string[], warnings: readonly string[]): Bundle {
  return { file, code: readFileSync(file, "utf8"), modules, warnings };
}

/** Bundles with esbuild. */
export async function withEsbuild(options: BuildOptions): Promise<Bundle> {
  const file = join(newFolder(), options.format === "cjs" ? "bundle.cjs" : "bundle.mjs");
  const { metafile, warnings } = await esbuild({
    format: "esm",
    ...options,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    metafile: true,
    logLevel: "silent",
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const modules = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  return read(
    file,
    modules,
    warnings.map(({ text }) => text),
  );
}

/** Bundles with webpack. */
export async function withWebpack(options: Configuration): Promise<Bundle> {
  const path = newFolder();
  const configuration: Configuration = {
    mode: "production",
    ...options,
    entry,
    output: { path, filename: "bundle.cjs" },
    performance: false,
  };
  const stats = await promisify<Configuration, webpack.Stats>(webpack as never)(configuration);
  const {
    modules = [],
    errors = [],
    warnings = [],
  } = stats.toJson({
    all: false,
    modules: true,
    nestedModules: true,
    errors: true,
    warnings: true,
    modulesSpace: Number.POSITIVE_INFINITY,
    nestedModulesSpace: Number.POSITIVE_INFINITY,
  });
  return read(
    join(path, "bundle.cjs"),
    modules.flatMap(pathsOf),
    [...errors, ...warnings].map(({ message }) => message),
  );
}

/** webpack puts modules that only one other uses into that one. */
function pathsOf({ name = "", modules = [] }: StatsModule): string[] {
  return [name, ...modules.flatMap(pathsOf)];
}

/** Bundles with Rollup, and its plugins for packages. */
export async function withRollup(options: RollupNodeResolveOptions): Promise<Bundle> {
  const file = join(newFolder(), "bundle.mjs");
  const warnings: string[] = [];
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve(options), commonjs()],
    onwarn: ({ message }) => warnings.push(message),
  });
  const { output } = await bundle.write({ file, format: "es" });
  await bundle.close();
  return read(file, modulesOf(output), warnings);
}

/** Bundles with Vite. */
export async function withVite(options: UserConfig): Promise<Bundle> {
  const outDir = newFolder();
  const warnings: string[] = [];
  const build: BuildEnvironmentOptions = {
    outDir,
    ssr: options.ssr !== undefined,
    rolldownOptions: {
      input: entry,
      output: { entryFileNames: "bundle.mjs" },
      onwarn: ({ message }) => warnings.push(message ?? ""),
    },
  };
  const result = await vite({
    root: packed.project,
    configFile: false,
    logLevel: "silent",
    ...options,
    build,
  });
  const output = [result].flat().flatMap((each) => ("output" in each ? each.output : []));
  return read(join(outDir, "bundle.mjs"), modulesOf(output), warnings);
}

interface OutputFile {
  readonly modules?: Readonly<Record<string, { readonly renderedLength: number }>>;
}

function modulesOf(output: readonly (OutputFile | object)[]): string[] {
  return output
    .flatMap((file) => Object.entries((file as OutputFile).modules ?? {}))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([path]) => path);
}
