import { TransportError } from "../contracts/transport.ts";

const authorityCure =
  "Pass the certificate authority as `ca`, or name its file in the environment variable NODE_EXTRA_CA_CERTS.";

const needsTls = "If the server speaks TLS on this port, its address begins with https:.";

/** What helps against an error, by its code. */
const cures: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The server needs a new certificate, or this machine's clock is wrong.",
  CERT_NOT_YET_VALID: "The server needs another certificate, or this machine's clock is wrong.",
  DEPTH_ZERO_SELF_SIGNED_CERT: authorityCure,
  ERR_TLS_CERT_ALTNAME_INVALID: "Use a host name that the server's certificate is issued for.",
  SELF_SIGNED_CERT_IN_CHAIN: authorityCure,
  UNABLE_TO_GET_ISSUER_CERT: authorityCure,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authorityCure,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authorityCure,
};

/** What servers say that do not accept the client's certificate, which TLS 1.3 lets them say after the client's first bytes. */
const refusesCertificate = /\balert (?:(?:bad |unsupported |no )?certificate|unknown ca|access denied)/i;

const certificateCure =
  "The server refuses the client's certificate: check `cert`, and the authorities that the server trusts.";

/** How far an exchange had got when it failed. */
interface Progress {
  /** Whether a server may have seen the request. */
  readonly sent: boolean;
  /** Whether the connection is, or was meant to be, encrypted. */
  readonly secure: boolean;
  /** Whether the server has never answered over this connection. */
  readonly fresh: boolean;
}

/** Explains one of Node's errors, without anything that the request carried. */
export function failureOf(thrown: unknown, progress: Progress): TransportError {
  const error = firstOf(thrown);
  const code = codeOf(error);
  // Node's text names the proxy, whose address may contain a password.
  if (code === "ERR_PROXY_TUNNEL") return tunnelFailure((error as { statusCode?: number }).statusCode);
  // Such a server has not read the request.
  const sent = progress.sent && !isCertificateRefusal(error, code);
  return new TransportError(textOf(error, code, progress), { sent, code });
}

/** Explains why a request could not even be created. */
export function unsendable(error: unknown): TransportError {
  const code = codeOf(error);
  // Other messages quote the value, which may be a credential.
  const why = code?.startsWith("ERR_OSSL_")
    ? `The certificate or its key cannot be used: ${(error as Error).message}.`
    : code === "ERR_INVALID_CHAR"
      ? "A header's value holds a character that HTTP does not allow."
      : `The request's address or headers are not valid${code ? ` (${code})` : ""}.`;
  return new TransportError(why, { sent: false, code });
}

/** The error after the request's signal aborted. */
export function abortedFailure(sent: boolean): TransportError {
  const stage = sent ? "before its response was complete" : "before it was sent";
  return new TransportError(`The request was aborted ${stage}.`, { sent, code: "ABORTED" });
}

/** The error for an address that is not an HTTP address. */
export function addressFailure(): TransportError {
  const text = "The request's address must be a URL that begins with http: or https:, without credentials.";
  return new TransportError(text, { sent: false, code: "ERR_INVALID_URL" });
}

/** The error for a response beyond the limit, in bytes. */
export function tooLargeFailure(maxResponseSize: number): TransportError {
  const text = `The response's body exceeds maxResponseSize, which is ${maxResponseSize} bytes.`;
  return new TransportError(text, { sent: true, code: "RESPONSE_TOO_LARGE" });
}

/** The error for a response that ends too early. */
export function truncatedFailure(sent = true): TransportError {
  const text = sent
    ? "The connection closed before the response was complete."
    : "The connection closed before the request was sent.";
  return new TransportError(text, { sent, code: "ECONNRESET" });
}

/** The error for a body whose encoding is unknown or wrong. */
export function decodingFailure(code: string | undefined): TransportError {
  const why =
    code === "UNKNOWN_ENCODING" ? "has an encoding that was not asked for" : "cannot be decompressed";
  return new TransportError(`The response's body ${why}.`, { sent: true, code });
}

/** The error for a proxy that does not open a tunnel. */
export function tunnelFailure(status: number | undefined): TransportError {
  const why = status === 407 ? "asks for credentials" : "opened no tunnel to the server";
  const answer = status ? `: it answered CONNECT with status ${status}` : "";
  return new TransportError(`The proxy ${why}${answer}.`, { sent: false, code: "ERR_PROXY_TUNNEL" });
}

function textOf(error: unknown, code: string | undefined, { sent, secure, fresh }: Progress): string {
  const tlsHint = fresh && sent && !secure ? ` ${needsTls}` : "";
  if (code === "ECONNRESET") return `${truncatedFailure(sent).message}${tlsHint}`;
  if (code?.startsWith("HPE_")) return `The response is not valid HTTP (${code}).${tlsHint}`;
  if (secure && /wrong version number|packet length too long/.test((error as Error).message)) {
    return "The server does not speak TLS on this port; its address may have to begin with http:.";
  }
  // Texts without a code are not stable; those of ERR_INVALID_* quote the value.
  if (!code || code.startsWith("ERR_INVALID_")) return `The exchange failed${code ? ` (${code})` : ""}.`;
  const cure = isCertificateRefusal(error, code) ? certificateCure : cures[code];
  // An agent's text can contain the address of its proxy, with a password.
  const text = String((error as Partial<Error>).message ?? "")
    .trim()
    .slice(0, 500)
    .replaceAll(/\/\/[^/\s]*@/g, "//***@");
  const message = text || code;
  return cure ? `${message.replace(/\.?$/, ".")} ${cure}` : message;
}

function isCertificateRefusal(error: unknown, code = ""): boolean {
  return /^(?:EPROTO$|ERR_SSL_)/.test(code) && refusesCertificate.test((error as Error).message);
}

/** If several addresses were tried, the first one's error says the most. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
