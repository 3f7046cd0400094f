import { resolve } from "node:path";
import ts from "typescript";

/**
 * Makes a TypeScript program of the packages' entries and of the examples, which exist in memory only.
 *
 * @param {string} root the repository's folder
 * @param {readonly import("./entries.mjs").Entry[]} entries
 * @param {readonly import("./read-examples.mjs").Example[]} examples
 * @returns {ts.Program}
 */
export function createProgram(root, entries, examples) {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const texts = new Map(examples.map(({ path, text }) => [resolve(path), text]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => texts.get(resolve(path)) ?? readFile(path);
  host.fileExists = (path) => texts.has(resolve(path)) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(resolve(path));
    if (text === undefined) return getSourceFile(path, languageVersion, ...rest);
    return ts.createSourceFile(path, text, languageVersion);
  };
  const files = [...entries.map(({ file }) => `${root}${file}`), ...examples.map(({ path }) => path)];
  return ts.createProgram(files, options, host);
}
