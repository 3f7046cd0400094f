import { badRequest, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { type Certificate, loadX509 } from "../engine/certificates.ts";
import type { TlsCertAuth } from "./identities.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";

/** The login with the certificate of a TLS connection, which a proxy passes on in a header. */
export function registerTlsCertAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "tls-cert-auth",
    body: tokenBody.omit({ jwt: true }),
    prove: async ({ identityId }, { call }) => {
      const passedOn = call.headers[state.clientCertificateHeader];
      if (!passedOn) throw badRequest("Missing TLS certificate in header");
      const found = requireMethod(state, identityId, {
        name: "TLS Certificate auth",
        method: ({ tlsCertAuth }) => tlsCertAuth,
      });
      await assertAllowed(decodeURIComponent(passedOn), found.method, state.clock.now());
      return found;
    },
  });
}

/** Checks the first certificate of a chain; the others do not count. */
async function assertAllowed(chain: string, method: TlsCertAuth, now: number): Promise<void> {
  const [first] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(chain) ?? [];
  if (!first) throw badRequest("Missing client certificate");
  const X509 = await loadX509();
  const certificate = new X509(first);
  if (!certificate.verify(new X509(method.caCertificate).publicKey)) {
    throw denied("Certificate not issued by the provided CA.");
  }
  if (Date.parse(certificate.validTo) < now) throw denied("Certificate has expired.");
  if (Date.parse(certificate.validFrom) > now) throw denied("Certificate not yet valid.");
  const allowed = method.allowedCommonNames?.split(",").map((each) => each.trim());
  if (allowed && !allowed.includes(commonName(certificate))) {
    throw denied("TLS Certificate Auth common name not allowed.");
  }
}

function denied(why: string) {
  return unauthorized(`Access denied: ${why}`);
}

function commonName({ subject = "" }: Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? "";
}
