import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isPublished, publish } from "./release/registry.mjs";

// Publishes the folder release/, as it was packed and not otherwise. It imports nothing that is installed, since it
// runs with the right to publish.
const folder = new URL("../release/", import.meta.url);
const list = readFileSync(new URL("packages.json", folder));
assertHash(list, "sha256", process.env["RELEASE_DIGEST"], "release/packages.json");
/** @type {{ name: string, version: string, tarball: string, sha512: string }[]} */
const packages = JSON.parse(list.toString());
// All of them before the first is published.
for (const { tarball, sha512 } of packages) {
  assertHash(readFileSync(new URL(tarball, folder)), "sha512", sha512, `release/${tarball}`);
}

for (const { name, version, tarball } of packages) {
  // A release that broke off half-way goes on where it ended.
  if (isPublished(name, version)) console.log(`${name}@${version} is there already.`);
  else publish(fileURLToPath(new URL(tarball, folder)), version);
}

/**
 * @param {Uint8Array} content
 * @param {string} algorithm
 * @param {string | undefined} expected in hexadecimal
 * @param {string} what
 */
function assertHash(content, algorithm, expected, what) {
  const found = createHash(algorithm).update(content).digest("hex");
  if (found !== expected)
    throw new Error(`${what} is not what was packed: ${algorithm} ${found}, not ${expected}.`);
}
