import { InfisicalSDKError, isInfisicalError } from "../errors/errors.ts";
import { messageOf } from "../http/failure.ts";
import { withoutSecrets } from "../http/redact.ts";
import { systemClock } from "../support/time.ts";
import { abortReason, withinTime } from "../support/wait.ts";
import type { TokenSourceContext } from "./token-source.ts";
import type { TransportResponse } from "./transport.ts";

/** A request to the platform on which a program runs: a metadata server, a token endpoint. */
export interface PlatformRequest {
  /** Who receives it, as the start of a sentence, such as `The metadata server`. */
  readonly platform: string;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The whole address, query included. */
  readonly url: string;
  /**
   * The headers, names in lower case.
   *
   * @defaultValue none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * The body.
   *
   * @defaultValue none
   */
  readonly body?: string | undefined;
  /** How long one attempt may take, in milliseconds. All of them, and the waits, must fit into the time of a login. */
  readonly limit: number;
  /**
   * Returns how long to wait before the request is sent again, in milliseconds, given the status (`undefined` if no
   * response arrived) and the number of earlier attempts. `undefined` for not again.
   *
   * @defaultValue a request is sent once
   */
  readonly retryAfter?: ((status: number | undefined, earlier: number) => number | undefined) | undefined;
  /**
   * What to check if no response arrives, as a sentence.
   *
   * @defaultValue none
   */
  readonly silence?: string | undefined;
  /**
   * What the request carries that no error may show.
   *
   * @defaultValue none
   */
  readonly credentials?: readonly string[] | undefined;
}

/**
 * Sends a request to the platform on which a program runs, within a time limit, and again if its failure passes.
 *
 * @param request - What to send, and when to send it again. It must do no harm twice.
 * @param context - The context of a login or a token source.
 * @returns The last response, whatever its status.
 * @throws {InfisicalSDKError} `TIMEOUT`, `UNREACHABLE`: no response arrived.
 *
 * @example
 * import type { TokenSource } from "@infisical/core";
 * import { platformRefusal, requestFromPlatform } from "@infisical/core/logins";
 * const machineToken: TokenSource = async (context) => {
 *   const url = "http://169.254.169.254/token";
 *   const request = { platform: "The metadata server", method: "GET", url, limit: 2000 };
 *   const response = await requestFromPlatform(request, context);
 *   if (response.status !== 200) throw platformRefusal(request, response, "Is an account attached to the machine?");
 *   return response.body;
 * };
 */
export async function requestFromPlatform(
  request: PlatformRequest,
  context: TokenSourceContext,
): Promise<TransportResponse> {
  const { signal, clock = systemClock } = context;
  for (let earlier = 0; ; earlier += 1) {
    const outcome = await sendOnce(request, context);
    const isResponse = "status" in outcome;
    const wait = request.retryAfter?.(isResponse ? outcome.status : undefined, earlier);
    if (wait !== undefined) await clock.sleep(wait, signal);
    else if (isResponse) return outcome;
    else throw outcome;
  }
}

/** Resolves to the response, or to the error of a request that none came to. */
async function sendOnce(
  { platform, method, url, headers = {}, body, limit, silence = "", credentials }: PlatformRequest,
  { transport, signal }: TokenSourceContext,
): Promise<TransportResponse | InfisicalSDKError> {
  if (signal?.aborted) throw abortReason(signal);
  try {
    return await withinTime(limit, platform, signal, async (ending) =>
      transport({ method, url, headers, body, idempotent: true, signal: ending }),
    );
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal);
    const isLate = isInfisicalError(error) && error.code === "TIMEOUT";
    if (isInfisicalError(error) && !isLate) throw error;
    const message = withoutTokens(textOf(error), credentials);
    const text = isLate ? message : `${platform} cannot be reached: ${message.replace(/\.?$/, ".")}`;
    return new InfisicalSDKError(`${text} ${silence}`.trim(), { code: isLate ? "TIMEOUT" : "UNREACHABLE" });
  }
}

/**
 * Creates the error of a platform that did not do what it was asked.
 *
 * @param request - What was sent.
 * @param response - What the platform answered. Of its body, the error repeats one line, without anything like a token.
 * @param advice - What to check, as sentences; left out for statuses 429 and from 500, with which nothing is wrong here.
 * @returns An error with code `AUTH_FAILED`, or `RATE_LIMITED` for status 429, or `SERVER_ERROR` for those from 500.
 *
 * @example
 * import { platformRefusal } from "@infisical/core/logins";
 * const request = { platform: "The metadata server" };
 * const error = platformRefusal(request, { status: 403, body: "Forbidden" }, "Is an account attached?");
 * console.log(error.message); // The metadata server refused with status 403: Forbidden. Is an account attached?
 */
export function platformRefusal(
  { platform, credentials }: Pick<PlatformRequest, "platform" | "credentials">,
  { status, body }: Pick<TransportResponse, "status" | "body">,
  advice: string,
): InfisicalSDKError {
  const said = withoutTokens(reasonIn(body), credentials).slice(0, 200);
  const why = said === "" ? "." : `: ${said.replace(/\.?$/, ".")}`;
  const code = status === 429 ? "RATE_LIMITED" : status >= 500 ? "SERVER_ERROR" : "AUTH_FAILED";
  const cure = code === "AUTH_FAILED" ? advice : "That usually passes.";
  return new InfisicalSDKError(`${platform} refused with status ${status}${why} ${cure}`.trim(), { code });
}

/**
 * Reads the text that was requested from a platform's response.
 *
 * @param request - What was sent.
 * @param response - What the platform answered.
 * @param advice - What to check if it refused, as sentences.
 * @param field - The field of a JSON response that contains the text. Defaults to the whole body.
 * @returns The text, without white space around it.
 * @throws {InfisicalSDKError} That of `platformRefusal` if the status is not 200. `AUTH_FAILED`: there is no such text.
 *
 * @example
 * import { readPlatformResponse } from "@infisical/core/logins";
 * const request = { platform: "The metadata server" };
 * const response = { status: 200, body: '{ "token": "a-token" }' };
 * readPlatformResponse(request, response, "Is an account attached to the machine?", "token"); // "a-token"
 */
export function readPlatformResponse(
  request: Pick<PlatformRequest, "platform" | "credentials">,
  response: Pick<TransportResponse, "status" | "body">,
  advice: string,
  field?: string,
): string {
  const { status, body } = response;
  if (status !== 200) throw platformRefusal(request, response, advice);
  const text = field === undefined ? body : parseObject(body)[field];
  if (typeof text === "string" && text.trim() !== "") return text.trim();
  throw new InfisicalSDKError(`${request.platform} returned no ${field ?? "text"}.`, { code: "AUTH_FAILED" });
}

/** The first line of what a platform says in the body of a refusal, unless that is a page. */
function reasonIn(body: string): string {
  const { error, error_description, message } = parseObject(body);
  const said = error_description ?? Object(error).message ?? message ?? error ?? body;
  const [line = ""] = typeof said === "string" ? said.trim().split(/[\r\n]/, 1) : [];
  return /^[<{[]/.test(line) ? "" : line;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The parser's own message would repeat parts of the text.
    return {};
  }
}

/** The text of anything that was thrown. */
export function textOf(error: unknown): string {
  const text = typeof error === "string" ? error : messageOf(error);
  return typeof text === "string" && text !== "" ? text : "no reason given";
}

/** What is, or is long enough to be, a token or a part of one is not for an error. */
export function withoutTokens(text: string, secrets: readonly string[] = []): string {
  const withoutJwts = text.replace(/\beyJ[\w.-]*/g, "[redacted]");
  return withoutSecrets(withoutJwts, secrets)
    .replace(/[\w+/=.~-]{60,}/g, "[redacted]")
    .slice(0, 500);
}
