import { DER } from "@noble/curves/abstract/weierstrass";
import type { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import type { Asn1 } from "../../engine/asn1.ts";
import { type Bytes, concatBytes, fromBigInt, fromHex, toBigInt } from "../../engine/bytes.ts";
import {
  type Digest,
  type Family,
  namesOf,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from "./algorithms.ts";

/** A pair of keys, generated so that its private half can be exported. */
export function generateKeys(generation: RsaHashedKeyGenParams | EcKeyGenParams): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(generation, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
}

/** The identifier of the algorithm with which a key of this family signs, as certificates have it. */
export function algorithmIdentifier({ x509 }: Asn1, family: Family, digest: Digest): AlgorithmIdentifier {
  const { oid } = signatureAlgorithms[`${family}-SHA${digest.slice(4)}` as SignatureAlgorithm];
  // RSA has a parameter that is null, and ECDSA has none.
  return new x509.AlgorithmIdentifier({ algorithm: oid, ...(family === "RSA" && { parameters: null }) });
}

/** The signature algorithm with this identifier; `undefined` if the API has no name for it. */
export function signatureAlgorithmOf({ algorithm }: AlgorithmIdentifier): SignatureAlgorithm | undefined {
  return namesOf(signatureAlgorithms).find((name) => signatureAlgorithms[name].oid === algorithm);
}

/** Signs data, with the form of the signature that certificates have. */
export async function sign(key: CryptoKey, digest: Digest, data: ArrayBuffer): Promise<Bytes> {
  const scheme = await underDigest(key, digest);
  const signature = new Uint8Array(await crypto.subtle.sign(scheme.algorithm, scheme.key, data));
  if (scheme.algorithm.name !== "ECDSA") return signature;
  const half = signature.length / 2;
  const r = toBigInt(signature.subarray(0, half));
  const s = toBigInt(signature.subarray(half));
  return fromHex(DER.hexFromSig({ r, s }));
}

/** Whether this is the key's signature of the data. */
export async function verify(
  key: CryptoKey,
  digest: Digest,
  signature: Bytes,
  data: ArrayBuffer,
): Promise<boolean> {
  const scheme = await underDigest(key, digest);
  try {
    const plain = scheme.algorithm.name === "ECDSA" ? fixedLength(key, signature) : signature;
    return await crypto.subtle.verify(scheme.algorithm, scheme.key, plain, data);
  } catch {
    return false;
  }
}

/** The two numbers of an ECDSA signature, one after the other, as WebCrypto has them. */
function fixedLength({ algorithm }: CryptoKey, der: Bytes): Bytes {
  const bits = Number((algorithm as EcKeyAlgorithm).namedCurve.slice(2));
  const length = Math.ceil(bits / 8);
  const { r, s } = DER.toSig(der);
  return concatBytes(fromBigInt(r, length), fromBigInt(s, length));
}

/** What WebCrypto signs and verifies with. It binds a key of RSA to one hash function. */
async function underDigest(key: CryptoKey, digest: Digest) {
  const { name } = key.algorithm;
  if (name === "ECDSA") return { key, algorithm: { name, hash: digest } };
  const format = key.type === "private" ? "pkcs8" : "spki";
  const exported = await crypto.subtle.exportKey(format, key);
  const algorithm = { name, hash: digest };
  return {
    key: await crypto.subtle.importKey(format, exported, algorithm, false, [...key.usages]),
    algorithm,
  };
}
