import { fromHex } from "../../engine/bytes.ts";

/** The families of keys. A key signs with the algorithms of its family. */
export type Family = "RSA" | "ECDSA";

/** A hash function of signatures, as WebCrypto names it. */
export type Digest = "SHA-256" | "SHA-384" | "SHA-512";

/** A kind of keys: how WebCrypto generates them, and the hash that an authority with such a key signs with by default. */
export interface KeyKind {
  readonly family: Family;
  readonly generation: RsaHashedKeyGenParams | (EcKeyGenParams & { readonly hash: Digest });
  readonly digest: Digest;
}

/** The kinds of keys that the server generates, by the names that the API gives them. */
export const keyKinds = {
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  EC_prime256v1: elliptic("P-256", "SHA-256"),
  EC_secp384r1: elliptic("P-384", "SHA-384"),
  EC_secp521r1: elliptic("P-521", "SHA-512"),
} as const satisfies Readonly<Record<string, KeyKind>>;

export type KeyAlgorithm = keyof typeof keyKinds;

/** The signature algorithms, by the names that the API gives them, and their identifiers in certificates. */
export const signatureAlgorithms = {
  "RSA-SHA256": { family: "RSA", digest: "SHA-256", oid: "1.2.840.113549.1.1.11" },
  "RSA-SHA384": { family: "RSA", digest: "SHA-384", oid: "1.2.840.113549.1.1.12" },
  "RSA-SHA512": { family: "RSA", digest: "SHA-512", oid: "1.2.840.113549.1.1.13" },
  "ECDSA-SHA256": { family: "ECDSA", digest: "SHA-256", oid: "1.2.840.10045.4.3.2" },
  "ECDSA-SHA384": { family: "ECDSA", digest: "SHA-384", oid: "1.2.840.10045.4.3.3" },
  "ECDSA-SHA512": { family: "ECDSA", digest: "SHA-512", oid: "1.2.840.10045.4.3.4" },
} as const satisfies Readonly<Record<string, { family: Family; digest: Digest; oid: string }>>;

export type SignatureAlgorithm = keyof typeof signatureAlgorithms;

/** Algorithms that the API knows, and for which a server needs an Enterprise license. */
export const postQuantumAlgorithms = [
  ...["44", "65", "87"].map((size) => `ML-DSA-${size}`),
  ...["SHA2", "SHAKE"].flatMap((hash) =>
    ["128f", "128s", "192f", "192s", "256f", "256s"].map((size) => `SLH-DSA-${hash}-${size}`),
  ),
];

/** The names of an object of this module. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  return Object.keys(table) as [Name, ...Name[]];
}

function rsa(modulusLength: number): KeyKind {
  const publicExponent = fromHex("010001");
  return {
    family: "RSA",
    generation: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength, publicExponent },
    digest: "SHA-256",
  };
}

function elliptic(namedCurve: string, digest: Digest): KeyKind {
  return { family: "ECDSA", generation: { name: "ECDSA", namedCurve, hash: digest }, digest };
}
