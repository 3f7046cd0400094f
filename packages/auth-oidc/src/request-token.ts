import type { TokenSourceContext, TransportResponse } from "@infisical/core";
import { platformRefusal, requestFromPlatform } from "@infisical/core/logins";
import { describeText, parseJwt, refused } from "./read-token.ts";

/** How long one attempt may take, in milliseconds. Three of them must fit into the time of a login, 10 s by default. */
const attemptLimit = 3000;

/** How long to wait before the second and the third attempt, in milliseconds. */
const waits: readonly number[] = [100, 400];

const behindProxy =
  "By default, platforms are asked directly: behind a proxy, pass the client a `transport` that uses it.";

/** How a platform is asked for a token. */
export interface TokenRequest {
  /** Who is asked, as the start of a sentence. */
  readonly platform: string;
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What the request carries that no error may show. */
  readonly credentials?: readonly string[];
  /** The field of a JSON response that contains the token; by default the body is the token. */
  readonly field?: string;
  /** What to check if the platform refuses, as a sentence. */
  readonly advice: string;
  /** What to check if no response arrives, as a sentence; by default, what to do behind a proxy. */
  readonly silence?: string;
  /** Throws if the response does not come from the platform at all. */
  readonly verify?: (response: TransportResponse) => void;
  /** Whether a status passes; 429 and 5xx by default. */
  readonly isPassing?: (status: number) => boolean;
  /** The time limit of an attempt, and the waits between attempts, in milliseconds. */
  readonly pace?: { readonly limit: number; readonly waits: readonly number[] };
}

/**
 * Requests a token. Failures that pass are tried again.
 *
 * @throws {InfisicalSDKError} `AUTH_FAILED`: the platform refused, or answered something other than a JWT. `TIMEOUT`,
 * `UNREACHABLE`, `RATE_LIMITED`, `SERVER_ERROR`: the last attempt failed in a way that passes. No message shows a token.
 */
export async function requestToken(request: TokenRequest, context: TokenSourceContext): Promise<string> {
  const { platform, headers, body, field, advice } = request;
  const { silence = behindProxy, isPassing = isOverloaded, pace = { limit: attemptLimit, waits } } = request;
  const sent = {
    ...request,
    url: request.url.href,
    headers: { accept: "application/json", ...(body && { "content-type": "application/json" }), ...headers },
    body: body && JSON.stringify(body),
    silence,
    limit: pace.limit,
    retryAfter: (status: number | undefined, earlier: number) =>
      status === undefined || isPassing(status) ? pace.waits[earlier] : undefined,
  };
  const response = await requestFromPlatform(sent, context);
  request.verify?.(response);
  if (response.status < 200 || response.status >= 300) throw platformRefusal(sent, response, advice);
  const where = `The response of ${platform}`;
  const token = field === undefined ? response.body : fieldIn(response.body, field);
  if (typeof token === "string") return parseJwt(token, where);
  throw refused(`${where} has no token in "${field}": it ${describeText(response.body)}. ${advice}`);
}

/** Whether a status says that another attempt may succeed. */
export function isOverloaded(status: number): boolean {
  return status === 429 || status >= 500;
}

function fieldIn(text: string, field: string): unknown {
  try {
    return Object(JSON.parse(text))[field];
  } catch {
    // The parser's own message would repeat parts of the text.
    return undefined;
  }
}
