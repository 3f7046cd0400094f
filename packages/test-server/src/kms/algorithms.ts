export type KeyUsage = "encrypt-decrypt" | "sign-verify";

export const symmetricAlgorithms = ["aes-256-gcm", "aes-128-gcm"] as const;

export const asymmetricAlgorithms = [
  "RSA_4096",
  "ECC_NIST_P256",
  "ML_DSA_44",
  "ML_DSA_65",
  "ML_DSA_87",
] as const;

export const signingAlgorithms = [
  "RSASSA_PSS_SHA_512",
  "RSASSA_PSS_SHA_384",
  "RSASSA_PSS_SHA_256",
  "RSASSA_PKCS1_V1_5_SHA_512",
  "RSASSA_PKCS1_V1_5_SHA_384",
  "RSASSA_PKCS1_V1_5_SHA_256",
  "ECDSA_SHA_512",
  "ECDSA_SHA_384",
  "ECDSA_SHA_256",
  "ML_DSA_44",
  "ML_DSA_65",
  "ML_DSA_87",
] as const;

export type SymmetricAlgorithm = (typeof symmetricAlgorithms)[number];
export type EncryptionAlgorithm = SymmetricAlgorithm | (typeof asymmetricAlgorithms)[number];
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** The signing algorithms that a key supports. */
export function signingAlgorithmsFor(key: EncryptionAlgorithm): readonly SigningAlgorithm[] {
  if (key === "RSA_4096") return signingAlgorithms.filter((name) => name.startsWith("RSASSA"));
  if (key === "ECC_NIST_P256") return signingAlgorithms.filter((name) => name.startsWith("ECDSA"));
  return signingAlgorithms.filter((name) => name === key);
}
