import { InfisicalSDKError } from "@infisical/core";
import { fieldsOf, listOf, oneOf, optionError } from "@infisical/core/authoring";
import { type CertificateContent, contentRules } from "./attributes.ts";
import {
  type CertificateKeys,
  generateKeys,
  requireKeyAlgorithm,
  requireKeys,
  signingAlgorithmOf,
  toPrivatePem,
} from "./keys.ts";
import { altNamesOf, parseAltName, subjectOf } from "./names.ts";

/**
 * What a CSR says, and which keys it is for.
 *
 * @example
 * import { createCertificateRequest } from "@infisical/certificates";
 * const algorithm = { name: "ECDSA", namedCurve: "P-256" };
 * const keys = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
 * const { csr } = await createCertificateRequest({ commonName: "shop.example.com", keys });
 */
export interface CreateCertificateRequestOptions extends CertificateContent {
  /**
   * The keys, of WebCrypto: ECDSA, or RSA with RSASSA-PKCS1-v1_5. New ones by default, of `keyAlgorithm`, which is
   * `"EC_prime256v1"` by default.
   */
  readonly keys?: CertificateKeys | undefined;
}

/** A CSR and its private key. Printing it shows no private key. */
export interface CertificateSigningRequest {
  /** The request (PKCS #10) in PEM form, for `issue`. */
  readonly csr: string;
  /** The private key, PKCS #8 in PEM form; `undefined` if keys were given that cannot be exported. */
  readonly privateKey: string | undefined;
}

class SigningRequest implements CertificateSigningRequest {
  readonly csr: string;
  readonly #privateKey: string | undefined;

  constructor(csr: string, privateKey: string | undefined) {
    this.csr = csr;
    this.#privateKey = privateKey;
    Object.freeze(this);
  }

  get privateKey(): string | undefined {
    return this.#privateKey;
  }
}

/** The bits of usages, by RFC 5280. */
const usageBits: Readonly<Record<string, number>> = {
  digital_signature: 1,
  non_repudiation: 2,
  key_encipherment: 4,
  data_encipherment: 8,
  key_agreement: 16,
  key_cert_sign: 32,
  crl_sign: 64,
  encipher_only: 128,
  decipher_only: 256,
};

/** The object identifiers of what a certificate is used for. */
const extendedUsages: Readonly<Record<string, string>> = {
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  time_stamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
};

const parseFields = fieldsOf({
  ...contentRules,
  "altNames?": listOf(parseAltName),
  "keyUsages?": listOf(oneOf(...Object.keys(usageBits))),
  "extendedKeyUsages?": listOf(oneOf(...Object.keys(extendedUsages))),
  "keyAlgorithm?": requireKeyAlgorithm,
  "keys?": requireKeys,
});

/** Checks what a CSR is to say. */
export function parseCertificateRequest(option: string, value: unknown): CreateCertificateRequestOptions {
  const parsed = parseFields(option, value) as CreateCertificateRequestOptions;
  const prefix = option === "" ? "" : `${option}.`;
  const { commonName, altNames = [], keys, keyAlgorithm } = parsed;
  if (!commonName && altNames.length === 0) {
    throw optionError(
      `${prefix}commonName`,
      "must be set, or altNames: a certificate request names somebody",
    );
  }
  if (keys && keyAlgorithm !== undefined) {
    throw optionError(`${prefix}keyAlgorithm`, "must be omitted if keys are given, which have one");
  }
  return parsed;
}

/**
 * Creates a request for a certificate (a CSR), so that the private key never leaves this process.
 *
 * Needs the packages `@peculiar/x509` and `reflect-metadata`, which are loaded by the first call.
 *
 * @param options - Whom it names, and which keys it is for; `null` counts as left out. See
 * {@link CreateCertificateRequestOptions}.
 * @returns The CSR, and the private key if it can be exported.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule, or the packages are not installed.
 *
 * @example
 * import { createCertificateRequest } from "@infisical/certificates";
 * const { csr, privateKey } = await createCertificateRequest({
 *   commonName: "shop.example.com",
 *   altNames: [{ type: "dns_name", value: "shop.example.com" }],
 * });
 */
export async function createCertificateRequest(
  options: CreateCertificateRequestOptions,
): Promise<CertificateSigningRequest> {
  const parsed = parseCertificateRequest("", options);
  const x509 = await loadLibrary();
  const keys = (parsed.keys as CryptoKeyPair | undefined) ?? (await generateKeys(parsed.keyAlgorithm));
  try {
    return new SigningRequest(await encode(x509, parsed, keys), await toPrivatePem(keys.privateKey));
  } catch {
    // Names were checked, and what the library says could be about the key.
    throw optionError("keys", "must be keys of WebCrypto: the request cannot be signed with them");
  }
}

async function encode(
  x509: Library,
  content: CreateCertificateRequestOptions,
  keys: CryptoKeyPair,
): Promise<string> {
  const { keyUsages = [], extendedKeyUsages = [] } = content;
  const names = altNamesOf(content);
  const bits = keyUsages.reduce((sum, usage) => sum | (usageBits[usage] ?? 0), 0);
  const identifiers = extendedKeyUsages.map((usage) => extendedUsages[usage] as string);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: new x509.Name(subjectOf(content)),
    keys,
    signingAlgorithm: signingAlgorithmOf(keys.privateKey),
    extensions: [
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
      ...(bits > 0 ? [new x509.KeyUsagesExtension(bits, true)] : []),
      ...(identifiers.length > 0 ? [new x509.ExtendedKeyUsageExtension(identifiers)] : []),
    ],
  });
  return `${request.toString("pem")}\n`;
}

type Library = typeof import("@peculiar/x509");

async function loadLibrary(): Promise<Library> {
  try {
    // The library needs it, and leaves it to its users to load it.
    await import("reflect-metadata");
    return await import("@peculiar/x509");
  } catch {
    const names = "@peculiar/x509 and reflect-metadata";
    const install = "npm install @peculiar/x509 reflect-metadata";
    throw new InfisicalSDKError(`${names} could not be loaded: install them (${install}).`, {
      code: "INVALID_OPTION",
    });
  }
}
