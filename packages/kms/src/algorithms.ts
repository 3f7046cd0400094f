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
  /** RSA with 4096 bits, to sign. */
  RSA_4096: "RSA_4096",
  /** The elliptic curve P-256, to sign. */
  ECC_NIST_P256: "ECC_NIST_P256",
  /** AES-GCM with 256 bits, to encrypt. */
  AES_256_GCM: "aes-256-gcm",
  /** AES-GCM with 128 bits, to encrypt. */
  AES_128_GCM: "aes-128-gcm",
  /** ML-DSA-44 (FIPS 204), to sign. */
  ML_DSA_44: "ML_DSA_44",
  /** ML-DSA-65 (FIPS 204), to sign. */
  ML_DSA_65: "ML_DSA_65",
  /** ML-DSA-87 (FIPS 204), to sign. */
  ML_DSA_87: "ML_DSA_87",
} as const;

/** One of the values of {@link EncryptionAlgorithm}. */
export type EncryptionAlgorithm = (typeof EncryptionAlgorithm)[keyof typeof EncryptionAlgorithm];

/** How data is signed. `RSASSA_*` fit RSA keys, `ECDSA_*` elliptic curves, `ML_DSA_*` the key of that name. */
export const SigningAlgorithm = {
  /** RSA with PSS and SHA-512; the salt is as long as the hash. */
  RSASSA_PSS_SHA_512: "RSASSA_PSS_SHA_512",
  /** RSA with PSS and SHA-384; the salt is as long as the hash. */
  RSASSA_PSS_SHA_384: "RSASSA_PSS_SHA_384",
  /** RSA with PSS and SHA-256; the salt is as long as the hash. */
  RSASSA_PSS_SHA_256: "RSASSA_PSS_SHA_256",
  /** RSA with PKCS #1 v1.5 and SHA-512. */
  RSASSA_PKCS1_V1_5_SHA_512: "RSASSA_PKCS1_V1_5_SHA_512",
  /** RSA with PKCS #1 v1.5 and SHA-384. */
  RSASSA_PKCS1_V1_5_SHA_384: "RSASSA_PKCS1_V1_5_SHA_384",
  /** RSA with PKCS #1 v1.5 and SHA-256. */
  RSASSA_PKCS1_V1_5_SHA_256: "RSASSA_PKCS1_V1_5_SHA_256",
  /** ECDSA with SHA-512; signatures are in DER. */
  ECDSA_SHA_512: "ECDSA_SHA_512",
  /** ECDSA with SHA-384; signatures are in DER. */
  ECDSA_SHA_384: "ECDSA_SHA_384",
  /** ECDSA with SHA-256; signatures are in DER. */
  ECDSA_SHA_256: "ECDSA_SHA_256",
  /** ML-DSA-44, over the data itself. */
  ML_DSA_44: "ML_DSA_44",
  /** ML-DSA-65, over the data itself. */
  ML_DSA_65: "ML_DSA_65",
  /** ML-DSA-87, over the data itself. */
  ML_DSA_87: "ML_DSA_87",
} as const;

/** One of the values of {@link SigningAlgorithm}. */
export type SigningAlgorithm = (typeof SigningAlgorithm)[keyof typeof SigningAlgorithm];
