/** What a key is for. */
export const KeyUsage = {
  /** Encrypting and decrypting, with a symmetric algorithm. */
  ENCRYPTION: "encrypt-decrypt",
  /** Signing and verifying, with an asymmetric algorithm. */
  SIGNING: "sign-verify",
} as const;

/** `"encrypt-decrypt"` or `"sign-verify"`. */
export type KeyUsage = (typeof KeyUsage)[keyof typeof KeyUsage];

/**
 * What kind of key it is. The AES ones encrypt and decrypt; all others sign and verify only.
 *
 * Servers of 2024 have the AES ones only; the ML-DSA ones need a server of 2026.
 */
export const EncryptionAlgorithm = {
  RSA_4096: "RSA_4096",
  ECC_NIST_P256: "ECC_NIST_P256",
  AES_256_GCM: "aes-256-gcm",
  AES_128_GCM: "aes-128-gcm",
  ML_DSA_44: "ML_DSA_44",
  ML_DSA_65: "ML_DSA_65",
  ML_DSA_87: "ML_DSA_87",
} as const;

/** One of the values of {@link EncryptionAlgorithm}. */
export type EncryptionAlgorithm = (typeof EncryptionAlgorithm)[keyof typeof EncryptionAlgorithm];

/** How data is signed. `RSASSA_*` fit RSA keys, `ECDSA_*` elliptic curves, `ML_DSA_*` the key of that name. */
export const SigningAlgorithm = {
  RSASSA_PSS_SHA_512: "RSASSA_PSS_SHA_512",
  RSASSA_PSS_SHA_384: "RSASSA_PSS_SHA_384",
  RSASSA_PSS_SHA_256: "RSASSA_PSS_SHA_256",
  RSASSA_PKCS1_V1_5_SHA_512: "RSASSA_PKCS1_V1_5_SHA_512",
  RSASSA_PKCS1_V1_5_SHA_384: "RSASSA_PKCS1_V1_5_SHA_384",
  RSASSA_PKCS1_V1_5_SHA_256: "RSASSA_PKCS1_V1_5_SHA_256",
  ECDSA_SHA_512: "ECDSA_SHA_512",
  ECDSA_SHA_384: "ECDSA_SHA_384",
  ECDSA_SHA_256: "ECDSA_SHA_256",
  ML_DSA_44: "ML_DSA_44",
  ML_DSA_65: "ML_DSA_65",
  ML_DSA_87: "ML_DSA_87",
} as const;

/** One of the values of {@link SigningAlgorithm}. */
export type SigningAlgorithm = (typeof SigningAlgorithm)[keyof typeof SigningAlgorithm];
