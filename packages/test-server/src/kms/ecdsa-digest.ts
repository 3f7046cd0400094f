import { createECDH, type KeyObject } from "node:crypto";

/** The order of the P-256 curve. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Signs a digest with ECDSA on P-256. Node itself only signs data, not digests. */
export function signDigestWithEcdsa(key: KeyObject, digest: Buffer): Buffer {
  const secret = privateScalar(key);
  for (;;) {
    const nonce = createECDH("prime256v1");
    nonce.generateKeys();
    const r = abscissa(nonce.getPublicKey()) % order;
    const s = modulo(inverse(toNumber(nonce.getPrivateKey())) * (leftmost(digest) + r * secret));
    if (r !== 0n && s !== 0n) return sequence(r, s);
  }
}

/** Whether this is a valid ECDSA signature on P-256 of the digest by this key. */
export function verifyDigestWithEcdsa(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const [r, s] = readSequence(signature) ?? [0n, 0n];
  if (r <= 0n || r >= order || s <= 0n || s >= order) return false;
  // With the private key, the two points of the verification can be added as numbers.
  const sum = modulo(inverse(s) * (leftmost(digest) + r * privateScalar(key)));
  if (sum === 0n) return false;
  const point = createECDH("prime256v1");
  point.setPrivateKey(toBytes(sum));
  return abscissa(point.getPublicKey()) % order === r;
}

function privateScalar(key: KeyObject): bigint {
  return toNumber(Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url"));
}

function abscissa(uncompressedPoint: Buffer): bigint {
  return toNumber(uncompressedPoint.subarray(1, 33));
}

/** ECDSA uses as many bits of a digest as the curve's order has. */
function leftmost(digest: Buffer): bigint {
  return toNumber(digest.subarray(0, 32));
}

function modulo(value: bigint): bigint {
  return ((value % order) + order) % order;
}

/** By Fermat's little theorem: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let power = modulo(value);
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * power) % order;
    power = (power * power) % order;
  }
  return result;
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex");
}

/** A DER sequence of two numbers. */
function sequence(r: bigint, s: bigint): Buffer {
  const content = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

function readSequence(bytes: Buffer): readonly [bigint, bigint] | undefined {
  const { 1: lengthOfBoth, 3: lengthOfR = 0 } = bytes;
  const atS = 4 + lengthOfR;
  const r = bytes.subarray(4, atS);
  const s = bytes.subarray(atS + 2);
  const wellFormed =
    bytes[0] === 0x30 && bytes[2] === 0x02 && bytes[atS] === 0x02 && bytes[atS + 1] === s.length;
  if (!wellFormed || lengthOfBoth !== bytes.length - 2 || r.length === 0 || s.length === 0) return undefined;
  return [toNumber(r), toNumber(s)];
}
