import { InfisicalSDKError, isInfisicalError } from "../errors/errors.ts";
import { withoutSecrets } from "../http/redact.ts";
import { systemClock } from "../support/time.ts";
import { abortReason, withinTime } from "../support/wait.ts";
import type { TokenSourceContext } from "./token-source.ts";
import { isTransportError, type TransportResponse } from "./transport.ts";

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
 * import { platformRefusal, requestFromPlatform } from "@infisical/core/authoring";
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
    let response: TransportResponse | undefined;
    let failure: unknown;
    try {
      response = await sendOnce(request, context);
    } catch (error) {
      if (signal?.aborted) throw abortReason(signal);
      failure = error;
    }
    const wait = request.retryAfter?.(response?.status, earlier);
    if (wait !== undefined) await clock.sleep(wait, signal);
    else if (response) return response;
    else throw failure;
  }
}

async function sendOnce(
  { platform, method, url, headers = {}, body, limit, silence = "" }: PlatformRequest,
  { transport, signal }: TokenSourceContext,
): Promise<TransportResponse> {
  try {
    return await withinTime(limit, platform, signal, (ending) =>
      transport({ method, url, headers, body, idempotent: true, signal: ending }),
    );
  } catch (error) {
    const isLate = isInfisicalError(error);
    const why = isTransportError(error) ? error.message : "the transport failed";
    const text = isLate ? error.message : `${platform} cannot be reached: ${why.replace(/\.?$/, ".")}`;
    throw new InfisicalSDKError(`${text} ${silence}`.trim(), { code: isLate ? "TIMEOUT" : "UNREACHABLE" });
  }
}

/**
 * Creates the error of a platform that did not do what it was asked.
 *
 * @param request - What was sent.
 * @param response - What the platform answered. Of its body, the error repeats one line, without anything like a token.
 * @param advice - What to check, as sentences.
 * @returns An error with code `AUTH_FAILED`, or `RATE_LIMITED` for status 429, or `SERVER_ERROR` for those from 500.
 *
 * @example
 * import { platformRefusal } from "@infisical/core/authoring";
 * const request = { platform: "The metadata server" };
 * const error = platformRefusal(request, { status: 403, body: "Forbidden" }, "Is an account attached?");
 * console.log(error.message); // The metadata server refused with status 403: Forbidden. Is an account attached?
 */
export function platformRefusal(
  { platform, credentials }: Pick<PlatformRequest, "platform" | "credentials">,
  { status, body }: Pick<TransportResponse, "status" | "body">,
  advice: string,
): InfisicalSDKError {
  const said = withoutTokens(reasonIn(body), credentials ?? []).slice(0, 200);
  const why = said === "" ? "." : `: ${said.replace(/\.?$/, ".")}`;
  const code = status === 429 ? "RATE_LIMITED" : status >= 500 ? "SERVER_ERROR" : "AUTH_FAILED";
  return new InfisicalSDKError(`${platform} refused with status ${status}${why} ${advice}`.trim(), { code });
}

/** The first line of what a platform says in the body of a refusal, unless that is a page. */
function reasonIn(body: string): string {
  let said: unknown = body;
  try {
    const { error, error_description, message } = Object(JSON.parse(body));
    said = error_description ?? Object(error).message ?? message ?? error;
  } catch {
    // Plain text.
  }
  const [line = ""] = typeof said === "string" ? said.trim().split(/[\r\n]/, 1) : [];
  return line.startsWith("<") ? "" : line;
}

/** What is long enough to be a token, or a part of one, is not for an error. */
export function withoutTokens(text: string, secrets: unknown): string {
  return withoutSecrets(text, secrets)
    .replace(/[\w+/=.-]{60,}/g, "[redacted]")
    .slice(0, 500);
}
