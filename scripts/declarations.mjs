import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** The folder of a package for the declarations of its sources, out of which the build makes those of its entries. */
const folder = ".declarations";

/** @type {import("typescript").FormatDiagnosticsHost} */
const here = {
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getCanonicalFileName: (name) => name,
  getNewLine: () => "\n",
};

/**
 * Writes the declarations of the package in the current folder, a file for each of its sources.
 *
 * Where `isolatedDeclarations` holds, a source says the types of all that it exports: none is inferred, and no other file
 * is read. Whether the types are right is what `npm run typecheck` finds out, once for all packages.
 *
 * @param {Readonly<Record<string, string>>} entries the source of each entry
 * @param {string} [tsconfig] the path of the package's tsconfig.json
 * @returns {Record<string, string>} the declarations of each entry
 * @throws {Error} where the type of an export cannot be declared
 */
export function writeDeclarations(entries, tsconfig = "tsconfig.json") {
  rmSync(folder, { recursive: true, force: true });
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(tsconfig, ts.sys.readFile).config,
    ts.sys,
    dirname(tsconfig),
  );
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join("src", file));
  const problems = options.isolatedDeclarations
    ? declareEach(sources, options)
    : declareAll(sources, options);
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, here));
  return Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, declarationsOf(source)]));
}

/**
 * @param {readonly string[]} sources
 * @param {import("typescript").CompilerOptions} compilerOptions
 */
function declareEach(sources, compilerOptions) {
  return sources.flatMap((fileName) => {
    const text = readFileSync(fileName, "utf8");
    const transpiled = ts.transpileDeclaration(text, { fileName, compilerOptions, reportDiagnostics: true });
    write(fileName, transpiled.outputText);
    return transpiled.diagnostics ?? [];
  });
}

/**
 * @param {readonly string[]} sources
 * @param {import("typescript").CompilerOptions} options
 */
function declareAll(sources, options) {
  const emitted = { ...options, noEmit: false, emitDeclarationOnly: true };
  const program = ts.createProgram([...sources], emitted);
  return sources.flatMap((source) => {
    const file = program.getSourceFile(source);
    return program.emit(file, (_, text) => write(source, text), undefined, true).diagnostics;
  });
}

/**
 * @param {string} source
 * @param {string} text
 */
function write(source, text) {
  const path = declarationsOf(source);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @param {string} source */
function declarationsOf(source) {
  return join(folder, source.replace(/\.ts$/, ".d.ts"));
}
