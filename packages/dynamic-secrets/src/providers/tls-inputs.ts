/** How the server checks the certificate of what it connects to. */
export interface TlsInputs {
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
  /**
   * Whether a certificate that cannot be checked is refused.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}
