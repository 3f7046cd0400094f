import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Lets the declarations in `dist` of the package in the current folder compile where an optional peer is not installed: the
 * peer's types are `any` then. Where it is installed, they are what they are.
 */
export function allowMissingPeers() {
  const { peerDependenciesMeta = {} } = JSON.parse(readFileSync("package.json", "utf8"));
  const optional = Object.keys(peerDependenciesMeta).filter((name) => peerDependenciesMeta[name].optional);
  for (const file of readdirSync("dist").filter((each) => /\.d\.c?ts$/.test(each))) {
    const path = join("dist", file);
    const lines = readFileSync(path, "utf8").split("\n");
    const isOfOptional = (/** @type {string} */ line) =>
      optional.some((name) => line.endsWith(` from '${name}';`));
    const written = lines.map((line) =>
      isOfOptional(line) ? `// @ts-ignore: it is optional\n${line}` : line,
    );
    writeFileSync(path, written.join("\n"));
  }
}
