import type { InfisicalSDKRequestError } from "@infisical/core";
import type { LoginAdvice } from "@infisical/core/authoring";
import { explainLogin } from "@infisical/core/logins";

const proxy =
  "The proxy in front of the server must ask for a client certificate, and pass it on in the header " +
  "x-identity-tls-cert-auth-client-cert, or the one that IDENTITY_TLS_CERT_AUTH_CLIENT_CERTIFICATE_HEADER_KEY names. " +
  "Infisical Cloud asks on port 8443 only: check loginUrl.";

const explainRefusal: ReturnType<typeof explainLogin> = explainLogin({
  method: "TLS Certificate Auth",
  refusals: [
    [/^Missing TLS certificate/, proxy],
    [
      /^Missing client certificate/,
      "The header's value must be the certificate in PEM form, URL-encoded: check the proxy.",
    ],
    [
      /not issued by the provided CA/,
      "The TLS Certificate Auth must have the certificate of the authority that issued `cert`.",
    ],
    [/has expired/, "Renew the certificate, or check that `cert` names the renewed one."],
    [/not yet valid/, "Check the clocks of the server and of whoever issued the certificate."],
    [/common name/, "The TLS Certificate Auth must allow the certificate's common name."],
  ],
});

/** Explains a failed login, and a connection that failed before one. */
export function explain(error: InfisicalSDKRequestError, proof: object): LoginAdvice | undefined {
  if (error.code === "GATEWAY_ERROR" && error.statusCode === 400) {
    return {
      advice:
        "Proxies answer so to a certificate that they refuse: check `cert`, and the authorities that the proxy trusts.",
    };
  }
  if (error.statusCode !== undefined) return explainRefusal(error, proof);
  if (error.code === "CONNECTION_LOST") {
    return {
      advice:
        "If it happens again, the server may be refusing the certificate without a word: check its log.",
    };
  }
  const isBlocked = /TIMEOUT|UNREACHABLE/.test(error.code) && /:8443\//.test(error.url);
  if (!isBlocked || /certificate|issuer/i.test(error.text)) return undefined;
  return { advice: "The login needs port 8443: check firewalls." };
}
