import type { TransportRequest } from "../contracts/transport.ts";

/** What the error of a `fetch` says. */
export interface FetchFailure {
  /** What happened, e.g. `connect ECONNREFUSED 127.0.0.1:8080`. */
  readonly text: string;
  /** The innermost system code; `undefined` if there is none. */
  readonly code: string | undefined;
  /** Whether a server may have seen the request; `false` only if it certainly has not. */
  readonly sent: boolean;
}

interface ErrorLike {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  /** If several addresses were tried, the error of each. */
  readonly errors?: readonly unknown[];
}

/** Codes that Node, undici and Bun use only if there was no connection. */
const connectCodes = new Set<unknown>([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

/** The calls of the operating system that come before anything is sent. */
const connectCalls = new Set<unknown>(["connect", "getaddrinfo"]);

/** What Deno's texts mean, which come without a code. */
const denoCodes: readonly [text: RegExp, code: string][] = [
  [/tcp connect error: Connection refused/, "ECONNREFUSED"],
  [/dns error/, "ENOTFOUND"],
  [/connection closed before message completed|Connection reset/, "ECONNRESET"],
];

/** What is wrong with a certificate, and what helps; the codes are OpenSSL's, from Node and Bun. */
const certificateCures: readonly [failure: RegExp, cure: string][] = [
  [
    /^CERT_HAS_EXPIRED|^CERT_NOT_YET_VALID|peer certificate: .*(?:expired|not valid (?:before|yet))/,
    "Renew the server's certificate, or set this machine's clock.",
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID|^HOSTNAME_MISMATCH|peer certificate: .*not valid for name/,
    "Use an address that the certificate names.",
  ],
  [
    /^(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|^CERT_UNTRUSTED|^INVALID_CA|peer certificate: /,
    "Trust its authority: name a file with the authority's certificate in NODE_EXTRA_CA_CERTS (on Deno, DENO_CERT).",
  ],
];

/** How the runtimes say that what answered a TLS handshake does not speak TLS. */
const notTls = /wrong.version.number|packet.length.too.long|InvalidContentType/i;

const plainPort = "The server does not speak TLS on this port; its address may have to begin with http:.";

/** Reads the error of a rejected `fetch`, whichever runtime made it. */
export function readFetchFailure(error: unknown): FetchFailure {
  const chain = causes(error);
  // The innermost says the most; the outermost is "fetch failed".
  const innermost = (values: unknown[]) => values.filter(isText).at(-1);
  const ownCode = innermost(chain.map((each) => each.code));
  const message = innermost(chain.map((each) => each.message)) ?? ownCode ?? innermost([error]);
  const text = withoutAddress(message ?? "The connection failed.");
  const code = ownCode ?? denoCodes.find(([pattern]) => pattern.test(text))?.[1];
  if (notTls.test(`${ownCode} ${text}`)) return { text: plainPort, code, sent: false };
  const cure = certificateCures.find(([pattern]) => pattern.test(ownCode ?? text))?.[1];
  return {
    text: cure ? `${sentence(text)} ${cure}` : text,
    code,
    sent: !(cure || chain.some(isBeforeSending)),
  };
}

function isBeforeSending({ code, syscall, message }: ErrorLike): boolean {
  if (connectCodes.has(code) || connectCalls.has(syscall)) return true;
  if (typeof message !== "string") return false;
  // Deno has no code, but names the step. The others are ports that fetch itself refuses.
  return /client error \(Connect\)|^bad port$|Requests to port \d+ are blocked/.test(message);
}

/** An error and what is behind it, the outermost first. */
function causes(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  let current: unknown = error;
  while (typeof current === "object" && current !== null && chain.length < 8) {
    chain.push(current);
    const { cause, errors } = current as ErrorLike;
    current = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return chain;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Deno puts the whole address in front of what happened. */
function withoutAddress(text: string): string {
  return text.replace(/^error sending request .*?: (?=client error)/, "").trim();
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * Removes from an error's text whatever the request carried, since platforms and hooks quote it.
 *
 * @param text - The text of a foreign error.
 * @param request - The request that failed.
 */
export function withoutCredentials(text: string, request: TransportRequest): string {
  // Runtimes quote the value, which a hook may have set.
  if (/header[\s\S]*value/i.test(text)) return "A header has a value that HTTP does not allow.";
  const search = request.url.includes("?") ? request.url.slice(request.url.indexOf("?")) : "";
  const carried = [...Object.values(request.headers), request.body].join(" ");
  const words = carried.split(/[\s"',;:{}=\\]/).filter((word) => word.length >= 6);
  const masked = words.reduce((rest, word) => rest.replaceAll(word, "***"), text);
  return masked.replaceAll(search, "").replaceAll(/\/\/[^/\s]*@/g, "//***@");
}
