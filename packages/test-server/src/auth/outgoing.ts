import { badRequest } from "../api/api-error.ts";
import type { ServerState } from "../api/server-state.ts";

/** Why a request of the server's failed, in the words of the library with which the real server sends it. */
export class OutgoingError extends Error {
  override readonly name = "OutgoingError";
  /** The status of the response; `undefined` if there was none. */
  readonly status: number | undefined;
  /** What the response says about it; `undefined` if it says nothing. */
  readonly detail: string | undefined;

  constructor(message: string, status?: number, detail?: string) {
    super(message);
    this.status = status;
    this.detail = detail;
  }
}

/** How long the server waits for a response, in milliseconds. */
const timeLimit = 10_000;

/** Fetches a document for a login, within ten seconds of the server's clock. */
export async function fetchText({ clock }: ServerState, url: string): Promise<string> {
  const ended = new AbortController();
  const late = clock.sleep(timeLimit, ended.signal).then(() => {
    throw new OutgoingError(`timeout of ${timeLimit}ms exceeded`);
  });
  try {
    return await Promise.race([late, request(url, ended.signal)]);
  } finally {
    late.catch(() => {});
    ended.abort();
  }
}

async function request(url: string, signal: AbortSignal): Promise<string> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, { signal });
    body = await response.text();
  } catch (error) {
    throw new OutgoingError(reasonOf(error));
  }
  const { ok, status, statusText } = response;
  if (ok) return body;
  const detail = messageOf(body) || statusText || `Http Error ${status}`;
  throw new OutgoingError(`Request failed with status code ${status}`, status, detail);
}

/** What an error response says: its `message`, or its text. */
function messageOf(body: string): string {
  try {
    const { message } = Object(JSON.parse(body));
    return typeof message === "string" ? message : body;
  } catch {
    return body;
  }
}

/** The reason of a failed `fetch`, which is in its cause. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { message, code } = Object(cause);
  return String(message || code || cause);
}

/** Throws 400 for a URL whose host is a private address, if the server does not allow those. Names are not resolved. */
export function refuseInternal({ allowInternalIpConnections }: ServerState, url: string): void {
  if (!allowInternalIpConnections && isInternal(new URL(url).hostname)) {
    throw badRequest("Local IPs not allowed as URL");
  }
}

/** Loopback, private and link-local addresses, as the URL parser writes them. */
const internal = [
  /^(?:.*\.)?localhost\.?$/,
  /^(?:0|10|127)\./,
  /^169\.254\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^\[::1?\]$/,
  /^\[f[cd][\da-f]{2}:/,
  /^\[fe[89ab][\da-f]:/,
  /^\[::ffff:/,
];

function isInternal(host: string): boolean {
  return internal.some((pattern) => pattern.test(host));
}
