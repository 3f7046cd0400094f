import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isPublished, publish } from "./release/registry.mjs";

// Publishes the folder release/. It imports nothing that is installed, since it runs with the right to publish.
const folder = new URL("../release/", import.meta.url);
/** @type {{ name: string, version: string, tarball: string }[]} */
const packages = JSON.parse(readFileSync(new URL("packages.json", folder), "utf8"));

for (const { name, version, tarball } of packages) {
  // A release that broke off half-way goes on where it ended.
  if (isPublished(name, version)) console.log(`${name}@${version} is there already.`);
  else publish(fileURLToPath(new URL(tarball, folder)), version);
}
