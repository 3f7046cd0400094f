import {
  InfisicalSDKError,
  isInfisicalError,
  type TokenSourceContext,
  type Transport,
  type TransportResponse,
} from "@infisical/core";
import { abortReason, onAbort } from "@infisical/core/authoring";
import { parseJwt, refused, withoutTokens } from "./read-token.ts";

/** How long one attempt may take, in milliseconds. Three of them must fit into the time of a login, 10 s by default. */
const attemptLimit = 3000;

/** How long to wait before the second and the third attempt, in milliseconds. */
const waits: readonly number[] = [100, 400];

const behindProxy =
  "By default, platforms are asked directly: behind a proxy, pass the client a `transport` that uses it.";

/** How a platform is asked for a token. */
export interface TokenRequest {
  /** Who is asked, as the start of a sentence. */
  readonly issuer: string;
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
  /** How to send it; the context's transport by default. */
  readonly send?: Transport;
  /** Throws if the response does not come from the platform at all. */
  readonly verify?: (response: TransportResponse) => void;
  /** Statuses that pass, besides 429 and 5xx. */
  readonly passing?: readonly number[];
  /** The time limit of an attempt, and the waits between attempts, in milliseconds. */
  readonly pace?: { readonly attemptLimit: number; readonly waits: readonly number[] };
}

/**
 * Requests a token. Failures that pass are tried again.
 *
 * @throws {InfisicalSDKError} `AUTH_FAILED`: the platform refused, or answered something else than a JWT. `TIMEOUT`,
 * `UNREACHABLE`, `RATE_LIMITED`, `SERVER_ERROR`: the last attempt failed in a way that passes. No message shows a token.
 */
export async function requestToken(request: TokenRequest, context: TokenSourceContext): Promise<string> {
  const { verify, pace = { attemptLimit, waits } } = request;
  for (let attempt = 0; ; attempt += 1) {
    const wait = pace.waits[attempt];
    try {
      const response = await send(request, context, pace.attemptLimit);
      if (wait === undefined || !isPassing(response.status, request)) {
        verify?.(response);
        return readToken(request, response);
      }
    } catch (error) {
      if (context.signal?.aborted) throw abortReason(context.signal);
      if (isInfisicalError(error) && error.code !== "TIMEOUT" && error.code !== "UNREACHABLE") throw error;
      if (wait === undefined) throw error;
    }
    await sleep(wait, context);
  }
}

function isPassing(status: number, { passing = [] }: TokenRequest): boolean {
  return status === 429 || status >= 500 || passing.includes(status);
}

async function send(
  request: TokenRequest,
  { transport, signal }: TokenSourceContext,
  limit: number,
): Promise<TransportResponse> {
  const { issuer, method, url, headers, body, credentials, silence = behindProxy } = request;
  try {
    return await withinLimit(limit, signal, (ending) =>
      (request.send ?? transport)({
        method,
        url: url.href,
        headers: {
          accept: "application/json",
          ...(body && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
        // A second token does no harm: each is valid until it expires.
        idempotent: true,
        signal: ending,
      }),
    );
  } catch (error) {
    if (signal?.aborted || isInfisicalError(error)) throw error;
    if (error instanceof TimeUp) {
      throw new InfisicalSDKError(`${issuer} sent no complete response within ${limit} ms. ${silence}`, {
        code: "TIMEOUT",
      });
    }
    const { message } = Object(error) as { readonly message?: unknown };
    const why = typeof message === "string" ? withoutTokens(message, credentials) : "no reason given";
    throw new InfisicalSDKError(`${issuer} cannot be reached: ${why.replace(/\.?$/, ".")} ${silence}`, {
      code: "UNREACHABLE",
    });
  }
}

/** A time limit has passed. */
export class TimeUp extends Error {}

/** Ends work when the time is up or a signal aborts. */
export async function withinLimit<Result>(
  limit: number,
  signal: AbortSignal | undefined,
  work: (ending: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (signal?.aborted) throw abortReason(signal);
  const controller = new AbortController();
  let stop: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = (reason) => {
      reject(reason);
      controller.abort();
    };
  });
  const timer = setTimeout(() => stop(new TimeUp()), limit);
  const forget = onAbort(signal, () => stop(abortReason(signal as AbortSignal)));
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** Waits by the client's clock. */
async function sleep(milliseconds: number, { clock, signal }: TokenSourceContext): Promise<void> {
  if (clock) return clock.sleep(milliseconds, signal);
  await withinLimit(milliseconds, signal, () => new Promise(() => undefined)).catch((error: unknown) => {
    if (!(error instanceof TimeUp)) throw error;
  });
}

function readToken(request: TokenRequest, response: TransportResponse): string {
  const { issuer, field, advice, credentials } = request;
  const { status, body } = response;
  if (status < 200 || status >= 300) throw refusal(request, response);
  const where = `The response of ${issuer} (status ${status})`;
  if (field === undefined) return parseJwt(body, where);
  const fields = parseObject(body);
  if (fields === undefined) {
    const what =
      body.trim() === ""
        ? "is empty"
        : /^\s*</.test(body)
          ? "is an HTML or XML page"
          : "is not a JSON object";
    throw refused(`${where} ${what}: a JSON object with the token in "${field}" was expected. ${advice}`);
  }
  const token = fields[field];
  if (typeof token === "string") return parseJwt(token, `"${field}" in the response of ${issuer}`);
  const names = Object.keys(fields).map((name) => withoutTokens(name, credentials));
  throw refused(
    `${where} has no token in "${field}": it is a JSON object with ${names.slice(0, 10).join(", ") || "no fields"}. ${advice}`,
  );
}

/** The error of a status that is not a success. */
function refusal(request: TokenRequest, { status, body }: TransportResponse): InfisicalSDKError {
  const { issuer, advice, credentials } = request;
  const said = withoutTokens(reasonIn(body), credentials);
  const why = said === "" ? "" : `: ${said.replace(/\.$/, "")}`;
  if (status === 429)
    return failure(`${issuer} answered that there were too many requests (status 429)`, "RATE_LIMITED");
  if (status >= 500) return failure(`${issuer} failed with status ${status}`, "SERVER_ERROR");
  const what = status >= 400 ? "refused to issue a token" : "answered with a redirect instead of a token";
  return failure(`${issuer} ${what} (status ${status})`, "AUTH_FAILED", ` ${advice}`);

  function failure(text: string, code: "AUTH_FAILED" | "RATE_LIMITED" | "SERVER_ERROR", cure = "") {
    return new InfisicalSDKError(`${text}${why}.${cure}`, { code });
  }
}

/** What a platform says in the body of a refusal, if that is one sentence. */
function reasonIn(body: string): string {
  const fields = parseObject(body);
  if (fields !== undefined) {
    const reasons = ["message", "error_description", "error", "errors", "detail", "title"].map(
      (name) => fields[name],
    );
    return reasons.find((reason): reason is string => typeof reason === "string") ?? "";
  }
  const text = body.trim();
  return text.length <= 200 && !/[<{\n]/.test(text) ? text : "";
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    const isObject = typeof content === "object" && content !== null && !Array.isArray(content);
    return isObject ? (content as Record<string, unknown>) : undefined;
  } catch {
    // The parser's own message would repeat parts of the text.
    return undefined;
  }
}
