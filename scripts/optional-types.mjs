import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Run in the folder of a package that was built: lets its declarations compile where an optional peer is not installed. The
// peer's types are then `any`; where it is installed, they are what they are.
const { peerDependenciesMeta = {} } = JSON.parse(readFileSync("package.json", "utf8"));
const optional = Object.keys(peerDependenciesMeta).filter((name) => peerDependenciesMeta[name].optional);

for (const file of readdirSync("dist").filter((each) => /\.d\.c?ts$/.test(each))) {
  const path = join("dist", file);
  const lines = readFileSync(path, "utf8").split("\n");
  const isOfOptional = (/** @type {string} */ line) =>
    /^(?:im|ex)port\b/.test(line) && optional.some((name) => line.endsWith(`from '${name}';`));
  const written = lines.map((line) => (isOfOptional(line) ? `// @ts-ignore: it is optional\n${line}` : line));
  writeFileSync(path, written.join("\n"));
}
