import { TransportError } from "@infisical/core";

const authorityCure =
  "Pass the certificate authority to an Agent, `connect: { ca }`, or name its file in the environment variable " +
  "NODE_EXTRA_CA_CERTS.";

const needsTls = "If the server speaks TLS on this port, its address begins with https:.";

/** Cause and cure by the error's code. The error's own text is never passed on: it may quote the request. */
const texts: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED:
    "The server's certificate has expired. The server needs a new one, or this machine's clock is wrong.",
  CERT_NOT_YET_VALID:
    "The server's certificate is not valid yet. The server needs another one, or this machine's clock is wrong.",
  DEPTH_ZERO_SELF_SIGNED_CERT: `The server's certificate is self-signed. ${authorityCure}`,
  ECONNRESET: "The connection closed before the response was complete.",
  ERR_PROXY_TUNNEL: "The proxy closed the connection instead of opening a tunnel to the server.",
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    "The server does not speak TLS on this port; its address may have to begin with http:.",
  ERR_SSL_WRONG_VERSION_NUMBER:
    "The server does not speak TLS on this port; its address may have to begin with http:.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The server's certificate is for another host. Use a host name that it is valid for.",
  SELF_SIGNED_CERT_IN_CHAIN: `The server's certificate comes from an authority that is not trusted. ${authorityCure}`,
  UNABLE_TO_GET_ISSUER_CERT: `The server's certificate comes from an unknown authority. ${authorityCure}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `The server's certificate comes from an unknown authority. ${authorityCure}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `The server's certificate comes from an unknown authority. ${authorityCure}`,
  UND_ERR_CLOSED: "The dispatcher is closed.",
  UND_ERR_CONNECT_TIMEOUT: "The connection was not established within the dispatcher's time limit.",
  UND_ERR_DESTROYED: "The dispatcher is closed.",
  UND_ERR_HEADERS_OVERFLOW: "The response's headers are larger than the dispatcher allows.",
  UND_ERR_INVALID_ARG:
    "The request's address or headers are not valid, or the dispatcher is not one of undici 7.",
  UND_ERR_PRX_TLS: "The proxy's certificate is for another host.",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "The response's body is not as long as its headers say.",
  UND_ERR_SOCKET: "The connection closed before the response was complete.",
  UND_MOCK_ERR_MOCK_NOT_MATCHED: "No mock matches the request, and the MockAgent allows no connection.",
};

/** The progress of an exchange when it failed. */
interface Progress {
  /** Whether the request had been handed to a connection. */
  readonly sent: boolean;
  /** Whether the connection uses TLS. */
  readonly secure: boolean;
}

/** The fields that errors of Node and undici have. */
interface SystemError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly syscall?: unknown;
  readonly address?: unknown;
  readonly hostname?: unknown;
  readonly port?: unknown;
}

/** Explains an error of undici, Node or a dispatcher, without any content of the request. */
export function failureOf(thrown: unknown, { sent, secure }: Progress): TransportError {
  // If several addresses were tried, the first error is the most useful.
  const first = thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
  const error = Object(first) as SystemError;
  const code = codeOf(error);
  const status = proxyStatusOf(error);
  if (status !== undefined) return tunnelFailure(status);
  return new TransportError(textOf(error, code, { sent, secure }), { sent, code });
}

/** The error of a proxy that closes the connection instead of answering. */
export class ProxyConnectionError extends Error {
  readonly code = "ERR_PROXY_TUNNEL";
}

/** The error after the request's signal aborted. */
export function abortedFailure(sent: boolean): TransportError {
  const stage = sent ? "before its response was complete" : "before it was sent";
  return new TransportError(`The request was aborted ${stage}.`, { sent, code: "ABORTED" });
}

/** The error for an address that is not an HTTP URL. */
export function addressFailure(): TransportError {
  const text = "The request's address must be a URL that begins with http: or https:, without credentials.";
  return new TransportError(text, { sent: false, code: "ERR_INVALID_URL" });
}

/** The error for a proxy address in the environment that is not a URL. */
export function proxyAddressFailure(): TransportError {
  const text = "HTTP_PROXY and HTTPS_PROXY must be URLs, such as http://proxy.internal:3128.";
  return new TransportError(text, { sent: false, code: "ERR_INVALID_URL" });
}

/** The error for a response that exceeds the limit, in bytes. */
export function tooLargeFailure(maxResponseSize: number): TransportError {
  const text = `The response's body exceeds maxResponseSize, which is ${maxResponseSize} bytes.`;
  return new TransportError(text, { sent: true, code: "RESPONSE_TOO_LARGE" });
}

/** The error for a request that the dispatcher tries to send a second time. */
export function secondSendFailure(): TransportError {
  const text = "The connection closed before the response was complete, and the request is not sent again.";
  return new TransportError(text, { sent: true, code: "ECONNRESET" });
}

/** The error for a body whose encoding is unknown or not valid. */
export function decodingFailure(code: string | undefined): TransportError {
  const why =
    code === "UNKNOWN_ENCODING" ? "has an encoding that was not asked for" : "cannot be decompressed";
  return new TransportError(`The response's body ${why}.`, { sent: true, code });
}

function tunnelFailure(status: string): TransportError {
  const why = status === "407" ? "asks for credentials" : "opened no tunnel to the server";
  return new TransportError(`The proxy ${why}: it answered with status ${status}.`, {
    sent: false,
    code: "ERR_PROXY_TUNNEL",
  });
}

/** The status of a proxy that refuses; undici only reports it in the text. */
function proxyStatusOf({ code, message }: SystemError): string | undefined {
  if (code !== "UND_ERR_ABORTED" && code !== "UND_ERR_INVALID_ARG") return undefined;
  const text = String(message);
  if (text === "Proxy Authentication Required (407)") return "407";
  return /^Proxy response \((\d{3})\) !== 200 when HTTP Tunneling$/.exec(text)?.[1];
}

function textOf(error: SystemError, code: string | undefined, { sent, secure }: Progress): string {
  if (code === undefined) return "The exchange failed.";
  const hint = sent && !secure ? ` ${needsTls}` : "";
  if (code.startsWith("HPE_")) return `The response is not valid HTTP (${code}).${hint}`;
  if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") {
    return sent ? `${texts[code]}${hint}` : "The connection closed before the request was sent.";
  }
  return texts[code] ?? systemText(error, code) ?? `The exchange failed (${code}).`;
}

/** Node's text for a failed system call, rebuilt from its fields: `connect ECONNREFUSED 127.0.0.1:8080`. */
function systemText({ syscall, address, hostname, port }: SystemError, code: string): string | undefined {
  if (typeof syscall !== "string" || !/^\w+$/.test(syscall)) return undefined;
  const host = address ?? hostname;
  const place = typeof host === "string" ? ` ${host}${typeof port === "number" ? `:${port}` : ""}` : "";
  return `${syscall} ${code}${place}`;
}

function codeOf({ code }: SystemError): string | undefined {
  return typeof code === "string" && /^\w{1,80}$/.test(code) ? code : undefined;
}
