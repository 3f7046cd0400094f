import type { TestClock } from "../clock.ts";
import { asSent, type HttpResponse } from "../http/http-response.ts";
import type { Delivery } from "./delivery.ts";
import { garbageResponse, rateLimitResponse, redirectResponse, statusResponse } from "./failed-responses.ts";
import type { DropFailure, Failure, RefuseFailure } from "./failure.ts";

/** What a failure needs to know about the request. */
export interface FailingRequest {
  readonly clock: TestClock;
  readonly requestId: string;
  readonly method: string;
  /** Does the work and returns the normal response. */
  readonly answer: () => Promise<HttpResponse>;
  /** Ends a delay when the client has disconnected. */
  readonly signal: () => AbortSignal | undefined;
}

/** Makes a request fail as ordered. */
export async function applyFailure(failure: Failure, request: FailingRequest): Promise<Delivery> {
  if ("drop" in failure) {
    if (failure.drop === "after") await request.answer();
    return { kind: "disconnect", code: "ECONNRESET" };
  }
  if ("refuse" in failure) return { kind: "disconnect", code: "ECONNREFUSED" };
  if ("stall" in failure && failure.stall === "headers") return { kind: "stall", response: undefined };
  const response = await failedResponse(failure, request);
  // A response without a body, such as a 304, is complete with its headers and cannot be halved.
  if (response.body === "") return { kind: "response", response };
  if ("stall" in failure) return { kind: "stall", response };
  if ("truncate" in failure) {
    if (failure.truncate === "connection") return { kind: "cut", response };
    return { kind: "response", response: halved(response) };
  }
  return { kind: "response", response };
}

/** The complete response that a failure sends, or starts to send. */
async function failedResponse(
  failure: Exclude<Failure, DropFailure | RefuseFailure>,
  { clock, requestId, method, answer, signal }: FailingRequest,
): Promise<HttpResponse> {
  if ("stall" in failure || "truncate" in failure) return answer();
  if ("delay" in failure) {
    await clock.sleep(failure.delay, signal());
    return answer();
  }
  const now = clock.now();
  if ("redirect" in failure) return asSent(redirectResponse(failure), method, now);
  if ("garbage" in failure) return asSent(garbageResponse(), method, now);
  if ("rateLimit" in failure) return asSent(rateLimitResponse(failure, now, requestId), method, now);
  return asSent(statusResponse(failure, requestId), method, now);
}

function halved({ status, headers, body }: HttpResponse): HttpResponse {
  const half = firstHalf(body);
  return { status, headers: { ...headers, "content-length": String(Buffer.byteLength(half)) }, body: half };
}

/** The first half of a body, at least one character. */
export function firstHalf(body: string): string {
  return body.slice(0, Math.max(1, Math.floor(body.length / 2)));
}
