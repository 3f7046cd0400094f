import { constants, createPublicKey, type KeyObject, privateEncrypt, publicDecrypt } from "node:crypto";

export type DigestName = "sha256" | "sha384" | "sha512";

/** In bytes. */
export const digestLengths: Readonly<Record<DigestName, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** The prefix of a digest in a PKCS #1 v1.5 signature (RFC 8017, section 9.2). */
const prefixes: Readonly<Record<DigestName, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

const padding = constants.RSA_PKCS1_PADDING;

/** Signs a digest with PKCS #1 v1.5. */
export function signDigestWithRsa(key: KeyObject, name: DigestName, digest: Buffer): Buffer {
  return privateEncrypt({ key, padding }, digestInfo(name, digest));
}

/** Whether this is a valid PKCS #1 v1.5 signature of the digest by this key. */
export function verifyDigestWithRsa(
  key: KeyObject,
  name: DigestName,
  digest: Buffer,
  signature: Buffer,
): boolean {
  try {
    return publicDecrypt({ key: createPublicKey(key), padding }, signature).equals(digestInfo(name, digest));
  } catch {
    return false;
  }
}

function digestInfo(name: DigestName, digest: Buffer): Buffer {
  return Buffer.concat([Buffer.from(prefixes[name], "hex"), digest]);
}
