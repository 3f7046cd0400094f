import { constants, createPublicKey, type KeyObject, type SigningOptions, sign, verify } from "node:crypto";
import { badRequest } from "../http/api-error.ts";
import type { SigningAlgorithm } from "./algorithms.ts";
import { signDigestWithEcdsa, verifyDigestWithEcdsa } from "./ecdsa-digest.ts";
import { type DigestName, digestLengths, signDigestWithRsa, verifyDigestWithRsa } from "./rsa-digest.ts";

/** Signs data, or a digest of it. */
export function signData(
  key: KeyObject,
  algorithm: SigningAlgorithm,
  data: Buffer,
  isDigest: boolean,
): Buffer {
  const digest = digestOf(algorithm);
  if (!isDigest) return sign(digest, data, { key, ...padding(algorithm, digest) });
  refusePss(algorithm);
  if (data.length !== digestLengths[digest]) {
    const family = key.asymmetricKeyType === "rsa" ? "RSA" : "ECC";
    throw badRequest(
      `Failed to sign ${family} digest with ${algorithm} due to signing error. Ensure that your digest is hashed with ${digest.toUpperCase()}.`,
    );
  }
  return key.asymmetricKeyType === "rsa"
    ? signDigestWithRsa(key, digest, data)
    : signDigestWithEcdsa(key, data);
}

/** Whether this is a valid signature by this key of the data, or of a digest of it. */
export function verifyData(
  key: KeyObject,
  algorithm: SigningAlgorithm,
  {
    data,
    signature,
    isDigest,
  }: { readonly data: Buffer; readonly signature: Buffer; readonly isDigest: boolean },
): boolean {
  const digest = digestOf(algorithm);
  if (!isDigest)
    return verify(digest, data, { key: createPublicKey(key), ...padding(algorithm, digest) }, signature);
  refusePss(algorithm);
  if (data.length !== digestLengths[digest]) return false;
  return key.asymmetricKeyType === "rsa"
    ? verifyDigestWithRsa(key, digest, data, signature)
    : verifyDigestWithEcdsa(key, data, signature);
}

function digestOf(algorithm: SigningAlgorithm): DigestName {
  return `sha${algorithm.slice(-3)}` as DigestName;
}

function padding(algorithm: SigningAlgorithm, digest: DigestName): SigningOptions {
  if (algorithm.startsWith("ECDSA")) return { dsaEncoding: "der" };
  return algorithm.startsWith("RSASSA_PSS")
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digestLengths[digest] }
    : { padding: constants.RSA_PKCS1_PADDING };
}

function refusePss(algorithm: SigningAlgorithm): void {
  if (algorithm.startsWith("RSASSA_PSS")) throw badRequest("RSA PSS does not support digested input");
}
