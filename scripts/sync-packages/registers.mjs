import { existsSync } from "node:fs";
import { join } from "node:path";
import { inReadingOrder } from "../check-packages/import-rules.mjs";
import { importedPackages } from "../check-packages/imports.mjs";
import { entryName, sorted } from "./manifest.mjs";

/** @typedef {import("../check-packages/read-packages.mjs").Package} Package */

/**
 * Where TypeScript, the tests and the API reference find the source of each entry: `paths` of tsconfig.json.
 *
 * @param {string} text the file as it is
 * @param {readonly Package[]} packages
 * @param {string} root
 */
export function tsconfigPaths(text, packages, root) {
  const lines = packages.flatMap(({ folder, manifest }) =>
    Object.keys(manifest.exports ?? {})
      .filter((entry) => entry !== "./package.json")
      .map((entry) => {
        const name = `@infisical/${folder}${entry.slice(1)}`;
        return `"${name}": ["./packages/${folder}/src/${sourceOf(join(root, "packages", folder), entry)}"]`;
      }),
  );
  const paths = [
    '"#default-transport": ["./packages/core/src/transports/node.ts"]',
    '"#node-transport": ["./packages/core/src/node.ts"]',
    '"#sockets": ["./packages/test-server/src/engine/socket-server.ts"]',
    '"#test-kit": ["./tests/kit/index.ts"]',
    ...lines,
  ];
  return between(text, '"paths": {\n', "\n    }", paths.map((line) => `      ${line}`).join(",\n"));
}

/**
 * @param {string} folder
 * @param {string} entry
 */
function sourceOf(folder, entry) {
  const name = entryName(entry);
  return existsSync(join(folder, "src", `${name}.ts`)) ? `${name}.ts` : `${name}/index.ts`;
}

/**
 * Who imports whom, as a list: in ARCHITECTURE.md.
 *
 * @param {string} text
 * @param {readonly Package[]} packages
 */
export function importList(text, packages) {
  const lines = inReadingOrder(packages).map((each) => {
    const ours = importedPackages(each).map((name) => `\`${name}\``);
    return `- \`${each.folder}\`: ${ours.length > 0 ? ours.join(", ") : "none"}`;
  });
  return between(text, "<!-- imports -->\n\n", "\n\n<!-- /imports -->", lines.join("\n"));
}

/**
 * The table of packages: in docs/packages.md.
 *
 * @param {string} text
 * @param {readonly Package[]} packages
 */
export function packageTable(text, packages) {
  const rows = inReadingOrder(packages).map(({ folder, manifest }) => [
    `[\`@infisical/${folder}\`](../packages/${folder})`,
    manifest.description ?? "",
  ]);
  const header = ["package", "what it does"];
  const widths = [0, 1].map((column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const table = [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
  return between(text, "<!-- packages -->\n", "\n<!-- /packages -->", `\n${table}\n`);
}

/**
 * The tests see every package: tests/package.json.
 *
 * @param {string} text
 * @param {readonly Package[]} packages
 */
export function testsDependencies(text, packages) {
  const manifest = JSON.parse(text);
  const examples = Object.entries(manifest.dependencies).filter(([name]) =>
    name.startsWith("@infisical/example-"),
  );
  const all = packages.map(({ folder }) => [`@infisical/${folder}`, "workspace:*"]);
  return json({ ...manifest, dependencies: sorted(Object.fromEntries([...examples, ...all])) });
}

/** @param {unknown} value */
export function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * @param {string} text
 * @param {string} start
 * @param {string} end
 * @param {string} content
 */
function between(text, start, end, content) {
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end, from);
  if (from < start.length || to < 0) throw new Error(`Found no ${JSON.stringify(start)} to write after.`);
  return `${text.slice(0, from)}${content}${text.slice(to)}`;
}
