import { InfisicalSDKError } from "@infisical/core";
import { loadNodeModule } from "@infisical/core/logins";
import type { CertificateBundle } from "./bundle.ts";
import type { TlsSecureContext } from "./kept-certificate.ts";

interface Tls {
  createSecureContext(options: { readonly cert: string; readonly key: string }): TlsSecureContext;
}

/** A certificate and its key for `node:tls`; `undefined` on platforms without it. */
export async function createSecureContext({
  fullChain,
  privateKey = "",
}: CertificateBundle): Promise<TlsSecureContext | undefined> {
  const tls = await loadNodeModule<Tls>("tls");
  try {
    return tls?.createSecureContext({ cert: fullChain, key: privateKey });
  } catch {
    throw new InfisicalSDKError(
      "The certificate and its private key do not belong together, or cannot be read.",
      {
        code: "INVALID_RESPONSE",
      },
    );
  }
}
