/** The length of a header, and what the content of a file is filled up to. */
const block = 512;

const manifestName = "package/package.json";

/**
 * Gives a package's tar archive with another package.json. Everything else stays as it is, byte for byte.
 *
 * @param {Buffer} tar
 * @param {(manifest: Record<string, any>) => object} change
 * @returns {Buffer}
 */
export function withManifest(tar, change) {
  for (let at = 0; at + block <= tar.length; ) {
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8) || 0;
    const end = at + block + Math.ceil(size / block) * block;
    if (tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "") === manifestName) {
      const manifest = JSON.parse(tar.toString("utf8", at + block, at + block + size));
      const content = Buffer.from(`${JSON.stringify(change(manifest), undefined, 2)}\n`);
      const filling = Buffer.alloc((block - (content.length % block)) % block);
      const header = withSize(tar.subarray(at, at + block), content.length);
      return Buffer.concat([tar.subarray(0, at), header, content, filling, tar.subarray(end)]);
    }
    at = end;
  }
  throw new Error(`The archive has no ${manifestName}.`);
}

/**
 * @param {Buffer} old
 * @param {number} size
 */
function withSize(old, size) {
  const header = Buffer.from(old);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  // The checksum is the sum of the header's bytes, with spaces in its own place.
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}
