/** The kind of a key; servers may know more. */
export type SshKeyAlgorithm =
  | "ED25519"
  | "RSA_2048"
  | "RSA_4096"
  | "EC_prime256v1"
  | "EC_secp384r1"
  // Keeps the list open, and its completion.
  | (string & {});

/** Inputs of `ssh`: keys with a certificate. */
export interface SshInputs {
  /** The users that the certificates are for, at least one. */
  readonly principals: readonly string[];
  /**
   * The kind of the leased keys.
   *
   * @defaultValue "ED25519"
   */
  readonly keyAlgorithm?: SshKeyAlgorithm | undefined;
  /**
   * The kind of the key that signs.
   *
   * @defaultValue "ED25519"
   */
  readonly caKeyAlgorithm?: SshKeyAlgorithm | undefined;
}
