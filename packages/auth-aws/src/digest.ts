type Bytes = Uint8Array<ArrayBuffer>;

/** The part of `node:crypto` that is used here. */
interface NodeCrypto {
  createHash(algorithm: string): NodeHash;
  createHmac(algorithm: string, secret: Bytes): NodeHash;
}

interface NodeHash {
  update(message: Bytes): NodeHash;
  digest(): Uint8Array;
}

/** SHA-256, and with a secret HMAC-SHA-256, by what the platform has. */
export async function digest(message: Bytes, secret: Bytes | undefined): Promise<Uint8Array> {
  const node = nodeCrypto();
  if (node) {
    const hash = secret === undefined ? node.createHash("sha256") : node.createHmac("sha256", secret);
    return hash.update(message).digest();
  }
  const { subtle } = crypto;
  if (secret === undefined) return new Uint8Array(await subtle.digest("SHA-256", message));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, message));
}

/** Node's own hashes, where they can be had without an import: `fetch` has loaded them, and not WebCrypto. */
function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.("crypto") as NodeCrypto | undefined;
}
