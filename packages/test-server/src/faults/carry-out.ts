import type { TestClock } from "../clock.js";
import { asSent, type HttpResponse } from "../http/http-response.js";
import type { Delivery } from "./delivery.js";
import { garbageReply, rateLimitReply, redirectReply, statusReply } from "./failed-replies.js";
import type { DropFailure, Failure, RefuseFailure } from "./failure.js";

/** What a failure needs of the request it befalls. */
export interface FailingRequest {
  readonly clock: TestClock;
  readonly requestId: string;
  readonly method: string;
  /** Does the work and gives the normal answer. */
  readonly answer: () => Promise<HttpResponse>;
  /** Ends a delay when the client has gone. */
  readonly signal: () => AbortSignal | undefined;
}

/** Makes a request fail the way that was ordered. */
export async function carryOut(failure: Failure, request: FailingRequest): Promise<Delivery> {
  if ("drop" in failure) {
    if (failure.drop === "after") await request.answer();
    return { kind: "disconnect", code: "ECONNRESET" };
  }
  if ("refuse" in failure) return { kind: "disconnect", code: "ECONNREFUSED" };
  if ("stall" in failure && failure.stall === "headers") return { kind: "stall", response: undefined };
  const response = await failedReply(failure, request);
  // What has no body, such as a 304, is complete with its headers: there is no half of it.
  if (response.body === "") return { kind: "answer", response };
  if ("stall" in failure) return { kind: "stall", response };
  if ("truncate" in failure) {
    if (failure.truncate === "connection") return { kind: "cut", response };
    return { kind: "answer", response: halved(response) };
  }
  return { kind: "answer", response };
}

/** The whole response that a failure sends, or begins to send. */
async function failedReply(
  failure: Exclude<Failure, DropFailure | RefuseFailure>,
  { clock, requestId, method, answer, signal }: FailingRequest,
): Promise<HttpResponse> {
  if ("stall" in failure || "truncate" in failure) return answer();
  if ("delay" in failure) {
    await clock.sleep(failure.delay, signal());
    return answer();
  }
  const now = clock.now();
  if ("redirect" in failure) return asSent(redirectReply(failure), method, now);
  if ("garbage" in failure) return asSent(garbageReply(), method, now);
  if ("rateLimit" in failure) return asSent(rateLimitReply(failure, now, requestId), method, now);
  return asSent(statusReply(failure, requestId), method, now);
}

function halved({ status, headers, body }: HttpResponse): HttpResponse {
  const half = firstHalf(body);
  return { status, headers: { ...headers, "content-length": String(Buffer.byteLength(half)) }, body: half };
}

/** The first half of a body, never the whole and never nothing. */
export function firstHalf(body: string): string {
  return body.slice(0, Math.max(1, Math.floor(body.length / 2)));
}
