import type { TestClock } from "../clock.js";
import type { HttpResponse } from "../http/http-response.js";
import type { Delivery } from "./delivery.js";
import { garbageReply, rateLimitReply, redirectReply, statusReply } from "./failed-replies.js";
import type { Failure } from "./failure.js";

/** What a failure needs of the request it befalls. */
export interface FailingRequest {
  readonly clock: TestClock;
  readonly requestId: string;
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
  if ("stall" in failure) {
    return { kind: "stall", response: failure.stall === "body" ? await request.answer() : undefined };
  }
  if ("truncate" in failure) {
    const response = await request.answer();
    if (failure.truncate === "connection") return { kind: "cut", response };
    return { kind: "answer", response: halved(response) };
  }
  return { kind: "answer", response: await failedReply(failure, request) };
}

async function failedReply(
  failure: Exclude<
    Failure,
    { drop: unknown } | { refuse: unknown } | { stall: unknown } | { truncate: unknown }
  >,
  { clock, requestId, answer, signal }: FailingRequest,
): Promise<HttpResponse> {
  if ("delay" in failure) {
    await clock.sleep(failure.delay, signal());
    return answer();
  }
  if ("redirect" in failure) return redirectReply(failure);
  if ("garbage" in failure) return garbageReply();
  if ("rateLimit" in failure) return rateLimitReply(failure, clock.now(), requestId);
  return statusReply(failure, requestId);
}

function halved({ status, headers, body }: HttpResponse): HttpResponse {
  const half = firstHalf(body);
  return { status, headers: { ...headers, "content-length": String(Buffer.byteLength(half)) }, body: half };
}

/** The first half of a body, never the whole and never nothing. */
export function firstHalf(body: string): string {
  return body.slice(0, Math.max(1, Math.floor(body.length / 2)));
}
