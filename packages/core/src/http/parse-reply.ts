import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/infisical-sdk-request-error.ts";
import type { FetchReply, ReplyHeaders } from "../fetch.ts";
import type { ApiResponse } from "../middleware.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import { replyError } from "./reply-error.ts";
import { lackOf } from "./reply-shape.ts";

/** Turns a complete reply into what a call resolves or rejects with. */
export function parseReply(
  request: PreparedRequest,
  response: FetchReply,
  text: string,
  now: number,
): ApiResponse {
  const { status, headers } = response;
  if (status === 304 && "if-none-match" in request.headers) return { status, headers, body: undefined };
  if (isRedirect(response)) throw redirectError(request, response);
  if (!response.ok) throw replyError({ request, status, headers, text, now });
  return { status, headers, body: status === 204 ? undefined : parseBody(request, status, headers, text) };
}

function parseBody(request: PreparedRequest, status: number, headers: ReplyHeaders, text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, so it is not passed on.
    const type = headers.get("content-type")?.split(";")[0] ?? "no content type";
    throw failure(
      request,
      status,
      "INVALID_RESPONSE",
      `The reply is no valid JSON (${type}, ${text.length} characters).`,
    );
  }
  const lack = lackOf(body, request.expect);
  if (lack !== undefined) throw failure(request, status, "INVALID_RESPONSE", lack);
  return body;
}

function isRedirect({ status, type }: FetchReply): boolean {
  return (status >= 300 && status < 400) || type === "opaqueredirect";
}

function redirectError(request: PreparedRequest, { status, headers }: FetchReply): InfisicalSDKRequestError {
  const target = redirectTarget(headers.get("location"), request.url);
  const advice = target ? ` If "${target}" is where your server is, set it as siteUrl.` : "";
  return failure(request, status, "REDIRECTED", `The server redirects, which is not followed.${advice}`);
}

/** Only the origin: the rest of a redirect may hold anything. */
function redirectTarget(location: string | null, base: string): string | undefined {
  if (location === null) return undefined;
  try {
    return new URL(location, base).origin;
  } catch {
    return undefined;
  }
}

function failure(
  { method, url, redact }: PreparedRequest,
  statusCode: number,
  code: InfisicalErrorCode,
  text: string,
): InfisicalSDKRequestError {
  return new InfisicalSDKRequestError(redact(text), {
    code,
    method,
    url,
    statusCode: statusCode || undefined,
  });
}
