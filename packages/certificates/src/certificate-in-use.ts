import { InfisicalSDKError, type PluginContext } from "@infisical/core";
import type { CertificateBundle } from "./bundle.ts";
import type { TlsSecureContext } from "./kept-certificate.ts";
import { notIssued } from "./kept-errors.ts";
import { createSecureContext } from "./secure-context.ts";
import { type Validity, validityOf } from "./validity.ts";

/** A certificate in use. */
export interface CertificateInUse {
  readonly bundle: CertificateBundle;
  readonly validity: Validity;
  readonly secureContext: TlsSecureContext | undefined;
  /** Ends keeping its key out of errors. */
  readonly release: (() => void) | undefined;
}

/**
 * Makes a certificate ready for use.
 *
 * @throws {InfisicalSDKError} `INVALID_RESPONSE`: it cannot be read, or its key is another one's. `CERTIFICATE_NOT_ISSUED`: it
 * has no key.
 */
export async function readyForUse(
  bundle: CertificateBundle,
  client: Pick<PluginContext, "holdSecrets"> | undefined,
): Promise<CertificateInUse> {
  const { certificate, privateKey } = bundle;
  const validity = validityOf(certificate);
  if (!validity) {
    throw new InfisicalSDKError("The server sent a certificate that cannot be read.", {
      code: "INVALID_RESPONSE",
    });
  }
  if (privateKey === undefined) {
    throw notIssued(
      "The certificate came without its private key: either the identity is not allowed to read private keys, or the key was made elsewhere.",
    );
  }
  const secureContext = await createSecureContext(bundle);
  const release = client?.holdSecrets({ privateKey });
  return { bundle, validity, secureContext, release };
}
