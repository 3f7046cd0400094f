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
  const body = status === 204 ? undefined : parseBody(request, status, headers, text);
  checkShape(request, status, body);
  return { status, headers, body };
}

function parseBody(request: PreparedRequest, status: number, headers: ReplyHeaders, text: string): unknown {
  try {
    return JSON.parse(text);
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
}

function checkShape(request: PreparedRequest, status: number, body: unknown): void {
  const lack = lackOf(body, request.expect);
  if (lack === undefined) return;
  const approval = approvalOf(body);
  if (approval === undefined) throw failure(request, status, "INVALID_RESPONSE", lack);
  throw failure(request, status, "APPROVAL_REQUIRED", approvalText, approval);
}

const approvalText = "The write became an approval request, which is in details; nothing has changed yet.";

/** What servers send in the place of a write's result where changes need approval. */
function approvalOf(body: unknown): object | undefined {
  const approval = (body as { readonly approval?: unknown } | null | undefined)?.approval;
  return typeof approval === "object" && approval !== null ? approval : undefined;
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
  details?: unknown,
): InfisicalSDKRequestError {
  return new InfisicalSDKRequestError(redact(text), {
    code,
    method,
    url,
    statusCode: statusCode || undefined,
    details: redact(details),
  });
}
