/**
 * A certificate with its chain, and its private key if the server has it and the identity may read it.
 *
 * What prints it shows no private key: `privateKey` is not among the fields that `console.log`, `JSON.stringify` and the
 * spread operator see.
 */
export interface CertificateBundle {
  /** The certificate alone, in PEM form. */
  readonly certificate: string;
  /** Its issuers, the nearest first, in PEM form; `undefined` if the server sent none. */
  readonly certificateChain: string | undefined;
  /** Its serial number, in hexadecimal digits. */
  readonly serialNumber: string;
  /** The certificate and then its issuers, as a server of TLS sends them: for `cert` of `node:tls`. */
  readonly fullChain: string;
  /**
   * Its private key, PKCS #8 in PEM form; `undefined` if it was made elsewhere, or without the permission to read private
   * keys.
   */
  readonly privateKey: string | undefined;
}

/** A bundle as servers send it. */
export interface BundleResponse {
  readonly certificate: string;
  readonly certificateChain?: string | null;
  readonly privateKey?: string | null;
  readonly serialNumber: string;
}

class Bundle implements CertificateBundle {
  readonly certificate: string;
  readonly certificateChain: string | undefined;
  readonly serialNumber: string;
  readonly #privateKey: string | undefined;

  constructor({ certificate, certificateChain, privateKey, serialNumber }: BundleResponse) {
    this.certificate = certificate;
    this.certificateChain = certificateChain || undefined;
    this.serialNumber = serialNumber;
    this.#privateKey = privateKey || undefined;
    Object.freeze(this);
  }

  get fullChain(): string {
    const blocks = [this.certificate, this.certificateChain].filter((each) => each !== undefined);
    return blocks.map((each) => `${each.trim()}\n`).join("");
  }

  get privateKey(): string | undefined {
    return this.#privateKey;
  }
}

/** The bundle of a response; fields that this version does not know are left out, since they could be secret. */
export function bundleOf(response: BundleResponse): CertificateBundle {
  return new Bundle(response);
}

/** The same certificate with a private key of which the server knows nothing. */
export function withPrivateKey(bundle: CertificateBundle, privateKey: string | undefined): CertificateBundle {
  const { certificate, certificateChain = null, serialNumber } = bundle;
  return new Bundle({ certificate, certificateChain, serialNumber, privateKey: privateKey ?? null });
}
