import type { AuthStrategy, IdentityOptions, Transport } from "@infisical/core";
import {
  abortable,
  defineStrategy,
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
} from "@infisical/core/authoring";
import { nodeTransport } from "#node-transport";
import { explain } from "./advice.ts";
import {
  type CertificateSource,
  type PemSource,
  parsePemSource,
  readCertificate,
} from "./client-certificate.ts";
import { loginAddress, parseLoginUrl } from "./login-url.ts";

/**
 * The identity to log in as, and the certificate that proves it.
 *
 * @example
 * import { tlsCertAuth } from "@infisical/auth-tls-cert";
 * const auth = tlsCertAuth({
 *   identityId,
 *   loginUrl: "https://mtls.example.com",
 *   cert: { file: "/etc/app/client.pem" },
 *   key: { file: "/etc/app/client.key" },
 *   passphrase: "of the key",
 *   ca: { file: "/etc/app/authority.pem" },
 * });
 */
export interface TlsCertAuthOptions extends IdentityOptions {
  /** The client's certificate in PEM form, or `{ file }`; intermediate certificates follow it. Required without `transport`. */
  readonly cert?: PemSource | undefined;
  /** The private key of `cert` in PEM form, or `{ file }`. Required without `transport`. */
  readonly key?: PemSource | undefined;
  /**
   * The certificate authorities to trust when connecting for the login, in PEM form, or `{ file }`.
   *
   * @defaultValue those that Node trusts
   */
  readonly ca?: PemSource | undefined;
  /**
   * The passphrase of `key`.
   *
   * @defaultValue the key is not encrypted
   */
  readonly passphrase?: string | undefined;
  /**
   * The origin where the server asks for the certificate; a path of `siteUrl` is appended. Only logins go there.
   *
   * @defaultValue port 8443 of Infisical Cloud, or else the client's `siteUrl`
   */
  readonly loginUrl?: string | undefined;
  /**
   * Sends the login and presents the certificate by itself, instead of `cert` and `key`. It stays open after the login.
   *
   * @defaultValue Node's TLS with `cert` and `key`
   */
  readonly transport?: Transport | undefined;
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "cert?": parsePemSource,
  "key?": parsePemSource,
  "ca?": parsePemSource,
  "passphrase?": (option, value) => {
    if (typeof value === "string" && value !== "") return value;
    throw optionError(option, "must be a non-empty string");
  },
  "loginUrl?": parseLoginUrl,
  "transport?": (option, value) => {
    if (typeof value === "function") return value;
    throw optionError(option, "must be a transport, for example nodeTransport()");
  },
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => TlsCertAuthOptions;

/**
 * Logs in with a client certificate.
 *
 * Certificate and key are read at every login, since they are replaced while a program runs. The login has a connection of its
 * own, which is closed afterwards; all other requests go through the client's transport.
 *
 * @param options - The identity and the certificate; checked here. Files are read when the session logs in.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats the key or the
 * passphrase.
 *
 * @example
 * import { tlsCertAuth } from "@infisical/auth-tls-cert";
 * import { createClient } from "@infisical/core";
 * const auth = tlsCertAuth({
 *   identityId: "id",
 *   cert: { file: "/run/tls/tls.crt" },
 *   key: { file: "/run/tls/tls.key" },
 * });
 * const client = createClient({ auth });
 */
export function tlsCertAuth(options: TlsCertAuthOptions): AuthStrategy {
  const { cert, key, ca, passphrase, loginUrl, transport, ...shared } = parse("", options);
  const source = transport ? undefined : requireCertificate({ cert, key, ca, passphrase });
  for (const [option, value] of Object.entries({ cert, key, ca, passphrase })) {
    if (transport && value !== undefined) {
      throw optionError(
        option,
        "excludes transport, which presents a certificate by itself: give one of the two",
      );
    }
  }
  const { login, ...strategy } = defineStrategy("tls-cert-auth", shared, () => ({}), explain);
  return {
    ...strategy,
    login: async (context) => {
      const siteUrl = loginAddress(loginUrl, context.siteUrl);
      const own = source && nodeTransport(await abortable(readCertificate(source, context), context.signal));
      try {
        return await login({ ...context, http: context.httpVia({ siteUrl, transport: own ?? transport }) });
      } finally {
        own?.close?.();
      }
    },
  };
}

/** Checks that certificate and key are there, and that the platform can present them. */
function requireCertificate({ cert, key, ...others }: TlsCertAuthOptions): CertificateSource {
  // `undefined` on platforms without Node, by the conditions of package.json.
  if (nodeTransport === undefined) {
    throw optionError(
      "transport",
      "must be given on platforms without Node: one that presents the certificate",
    );
  }
  if (cert === undefined) throw optionError("cert", "must be given, or transport instead of cert and key");
  if (key === undefined) throw optionError("key", "must be given: the private key of cert");
  return { cert, key, ...others };
}
