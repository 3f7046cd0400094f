import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readText } from "../read-text.mjs";

/**
 * Words that read as translated, or that the house says otherwise, and what to write instead.
 *
 * @type {readonly (readonly [RegExp, string])[]}
 */
export const wordsToAvoid = [
  [
    /(?<!\bthere )\b(?:is|are|was) no (?!longer\b|more\b|fewer\b|less\b|better\b|worse\b)/i,
    "is not a, does not have, or there is no",
  ],
  [/\bfor ever\b/i, "forever, or never expires"],
  [/\bunless told\b/i, "by default"],
  [/\b(?:can|could|to) be had\b/i, "can be obtained, or exists"],
  [/\breckon/i, "compute, or calculate"],
  [/\bstands? in (?:for|when|where|while)\b/i, "replaces, or is used instead"],
  [/\bbeside\b/i, "next to, or besides"],
  [/\bmay not\b/i, "is not allowed to, or might not"],
  [/\bg(?:i|a)ve[sn]? (?:it |them |(?:a |the )?leases? )?back\b/i, "revoke, return or release"],
  [/\bgiving (?:it |them |(?:a |the )?leases? )?back\b/i, "revoking, returning or releasing"],
  [/\bservers? of 20\d\d\b/i, "older servers or current servers, which docs/servers.md defines"],
  [/\bthose of 20\d\d\b/i, "older servers, which docs/servers.md defines"],
  [/\b(?:an?|the|every|each|its|whose) (?:repl(?:y|ies))\b/i, "response"],
  [/\bcode of others\b/i, "third-party code"],
  [/\bso many (?:bytes|milliseconds|seconds|characters)\b/i, "this many, or the number"],
];

/** Where English is written. The two exceptions say what to avoid, or repeat what others wrote. */
const folders = ["packages", "scripts", "tests", "benchmarks", "examples", "docs", "site"];
const exceptions = [
  "scripts/check-packages/check-words.mjs",
  "docs/servers.md",
  "tests/check-packages.test.ts",
];

/**
 * Checks what is written in code, tests and documents for words to avoid.
 *
 * @param {string} root
 * @returns {string[]} a sentence for each violation
 */
export function checkWords(root) {
  const files = [
    ...readdirSync(root).filter((name) => name.endsWith(".md") && name !== "CONTRIBUTING.md"),
    ...folders.flatMap((folder) => textsIn(root, join(root, folder))),
  ];
  return files
    .filter((file) => !exceptions.includes(file))
    .flatMap((file) => checkText(file, readText(join(root, file))));
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]}
 */
export function checkText(file, text) {
  return text.split("\n").flatMap((line, index) =>
    wordsToAvoid.flatMap(([word, instead]) => {
      const found = word.exec(line);
      return found ? [`${file}:${index + 1}: "${found[0].trim()}": write ${instead}.`] : [];
    }),
  );
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function textsIn(root, folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === join(root, "site/pages")) return [];
    if (/^(?:node_modules|dist|generated|api|\.next|\.turbo|CHANGELOG\.md)$/.test(entry.name)) return [];
    if (entry.isDirectory()) return textsIn(root, path);
    return /\.(?:m?ts|mjs|cjs|md|txt)$/.test(entry.name) ? [relative(root, path).split(sep).join("/")] : [];
  });
}
