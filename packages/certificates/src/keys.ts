import { optionError } from "@infisical/core/authoring";

/** A pair of keys of WebCrypto, as `crypto.subtle.generateKey` makes it. */
export interface CertificateKeys {
  /** The key that signs, a `CryptoKey`. It need not be one that can be exported. */
  readonly privateKey: object;
  /** The key that is certified, a `CryptoKey`. */
  readonly publicKey: object;
}

/** How WebCrypto makes keys, by the names that the server has for their algorithms. */
const algorithms: Readonly<Record<string, EcKeyGenParams | RsaHashedKeyGenParams>> = {
  EC_prime256v1: { name: "ECDSA", namedCurve: "P-256" },
  EC_secp384r1: { name: "ECDSA", namedCurve: "P-384" },
  EC_secp521r1: { name: "ECDSA", namedCurve: "P-521" },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
};

/** The hash that is as strong as a curve. */
const hashes: Readonly<Record<string, string>> = {
  "P-256": "SHA-256",
  "P-384": "SHA-384",
  "P-521": "SHA-512",
};

function rsa(modulusLength: number): RsaHashedKeyGenParams {
  const publicExponent = new Uint8Array([1, 0, 1]);
  return { name: "RSASSA-PKCS1-v1_5", modulusLength, publicExponent, hash: "SHA-256" };
}

/** Checks the name of an algorithm for new keys. */
export function requireKeyAlgorithm(option: string, value: unknown): unknown {
  if (typeof value === "string" && Object.hasOwn(algorithms, value)) return value;
  throw optionError(option, `must be one of ${Object.keys(algorithms).join(", ")}`, value);
}

/** Makes keys whose private one can be exported, since TLS needs it in PEM form. */
export async function generateKeys(keyAlgorithm = "EC_prime256v1"): Promise<CryptoKeyPair> {
  const algorithm = algorithms[keyAlgorithm] as EcKeyGenParams;
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** Checks a pair of keys. */
export function requireKeys(option: string, value: unknown): CryptoKeyPair {
  const { privateKey, publicKey } = Object(value) as Partial<CryptoKeyPair>;
  const { name, namedCurve = "" } = Object(Object(privateKey).algorithm) as Partial<EcKeyAlgorithm>;
  const isKnown = name === "RSASSA-PKCS1-v1_5" || (name === "ECDSA" && Object.hasOwn(hashes, namedCurve));
  const isPair = Object(privateKey).type === "private" && Object(publicKey).type === "public";
  if (isPair && isKnown && privateKey?.usages.includes("sign")) {
    return { privateKey, publicKey } as CryptoKeyPair;
  }
  // Not shown: it can be a key.
  throw optionError(
    option,
    'must be { privateKey, publicKey } of WebCrypto with the usage "sign", of ECDSA or RSASSA-PKCS1-v1_5',
  );
}

/** How a key signs. */
export function signingAlgorithmOf({ algorithm }: CryptoKey): EcdsaParams | RsaHashedKeyAlgorithm {
  const { name, namedCurve = "" } = algorithm as EcKeyAlgorithm;
  if (name === "ECDSA") return { name, hash: hashes[namedCurve] as string };
  return algorithm as RsaHashedKeyAlgorithm;
}

/** A private key as PKCS #8 in PEM form; `undefined` if it cannot be exported. */
export async function toPrivatePem(key: CryptoKey): Promise<string | undefined> {
  if (!key.extractable) return undefined;
  const der = new Uint8Array(await crypto.subtle.exportKey("pkcs8", key));
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}
