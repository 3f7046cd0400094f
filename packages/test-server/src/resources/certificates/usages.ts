/** The bit of each key usage in a certificate. */
export const keyUsages = {
  digital_signature: 1,
  non_repudiation: 2,
  key_encipherment: 4,
  data_encipherment: 8,
  key_agreement: 16,
  key_cert_sign: 32,
  crl_sign: 64,
  encipher_only: 128,
  decipher_only: 256,
} as const;

export type KeyUsageName = keyof typeof keyUsages;

/** The identifier of each extended key usage. */
export const extendedKeyUsages = {
  client_auth: "1.3.6.1.5.5.7.3.2",
  server_auth: "1.3.6.1.5.5.7.3.1",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
  time_stamping: "1.3.6.1.5.5.7.3.8",
  any_purpose: "2.5.29.37.0",
} as const;

export type ExtendedKeyUsageName = keyof typeof extendedKeyUsages;
