import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";

/** @typedef {import("../pack.mjs").PackedPackage} PackedPackage */

/**
 * Serves packed packages as a registry would after their release, on this machine only.
 *
 * @param {readonly PackedPackage[]} packages
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function localRegistry(packages) {
  const byName = new Map(packages.map((each) => [each.name, each]));
  const byFile = new Map(packages.map((each) => [basename(each.tarball), each]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname).slice(1);
    const named = byName.get(path);
    const file = byFile.get(path.replace(/^tarballs\//, ""));
    if (named) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(packument(named, `http://${request.headers.host}/tarballs`)));
    } else if (file) {
      response.end(readFileSync(file.tarball));
    } else {
      response.writeHead(404).end("{}");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}

/**
 * What a registry says about a package with one version.
 *
 * @param {PackedPackage} each
 * @param {string} folder the address of the tarballs
 */
function packument({ name, version, tarball }, folder) {
  const bytes = readFileSync(tarball);
  const dist = {
    tarball: `${folder}/${basename(tarball)}`,
    shasum: createHash("sha1").update(bytes).digest("hex"),
    integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
  };
  const manifest = { ...packedManifest(bytes), _id: `${name}@${version}`, dist };
  return { name, "dist-tags": { latest: version, next: version }, versions: { [version]: manifest } };
}

/**
 * Reads package.json out of a tarball, where versions of the workspace have become numbers.
 *
 * @param {Buffer} tarball
 */
function packedManifest(tarball) {
  const tar = gunzipSync(tarball);
  for (let at = 0; at < tar.length; ) {
    const name = tar.toString("utf8", at, at + 100).replace(/\0.*$/, "");
    const size = Number.parseInt(tar.toString("utf8", at + 124, at + 136), 8) || 0;
    if (name === "package/package.json") return JSON.parse(tar.toString("utf8", at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error("The tarball has no package.json.");
}
