import type { HttpClient, HttpRequest } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import { defaultMaxResponseSize, type Transport, type TransportResponse } from "../contracts/transport.ts";
import { isInfisicalError } from "../errors/errors.ts";
import { withAttempts } from "../errors/make-error.ts";
import type { Call, Calls } from "../events/publish.ts";
import type { Clock, ServerTime } from "../support/time.ts";
import { abortReason, isReasonOf, onAbort, Slots } from "../support/wait.ts";
import { Failure, failure, noSlotFailure, overdueFailure, transportFailure } from "./failure.ts";
import { ownFields, type PreparedRequest, prepareRequest, type RequestDefaults } from "./prepare.ts";
import { CoolDown, Gate } from "./rate-limit.ts";
import { parseResponse } from "./response.ts";
import { type Attempt, notYet, type RetryLimits, type Turn, withRetries } from "./retry.ts";
import { RetryBudget } from "./retry-budget.ts";
import { isStream, readWhole, streamedResponse, streamOf } from "./stream.ts";

/** What sending needs to know. */
export interface SendOptions extends RequestDefaults {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly serverTime: ServerTime;
  /** `undefined` means that nothing is retried. */
  readonly retry: RetryLimits | undefined;
  /** How many attempts may be in flight. */
  readonly maxConcurrent: number;
  readonly calls: Calls;
}

/** Where requests go and what sends them, as far as it differs from the client's. */
export type Route = Partial<Pick<SendOptions, "siteUrl" | "transport">>;

/** Sends a request, with or without a token, as often as the client's retry limits allow, or others. */
export type Send = (
  request: HttpRequest,
  token?: string,
  limits?: RetryLimits,
  route?: Route,
) => Promise<ApiResponse>;

/** Creates the `Send` of one client; the slots and what a rate limit means are shared by everything that goes through it. */
export function createSend(options: SendOptions): Send {
  const { clock, serverTime } = options;
  const coolDown = new CoolDown(clock);
  const gate = new Gate(options.maxConcurrent, options.retry?.limit ?? 0);
  const budget = new RetryBudget(clock);
  const usual = { transport: options.transport, slots: new Slots(options.maxConcurrent), clock, serverTime };
  return async (request, token, limits = options.retry, route = undefined) => {
    const prepared = prepareRequest(request, route ? { ...options, ...route } : options, token);
    const call = options.calls.of(prepared.request);
    const context = route ? { ...usual, ...route } : usual;
    if (prepared.streamed) streamOf(context.transport);
    const sendOnce: Attempt = (turn) => attempt(prepared, context, turn, call);
    try {
      // Whoever reads a stream has to begin again by itself anyway.
      if (limits && !prepared.streamed)
        return await withRetries(prepared, { coolDown, gate, budget, call, limits, clock }, sendOnce);
      const outcome = (await sendOnce(alone)) as ApiResponse | Failure;
      if (outcome instanceof Failure) throw outcome.error;
      return outcome;
    } catch (error) {
      throw isReasonOf(prepared.signal, error) ? error : withAttempts(error, call);
    }
  };
}

/** What an attempt needs besides the request. */
interface AttemptContext {
  readonly transport: Transport;
  readonly slots: Slots;
  readonly clock: Clock;
  readonly serverTime: ServerTime;
}

/** The turn of a request that waits for nobody. */
const alone: Turn = { mayStart: () => true, onOutcome: () => undefined };

/**
 * Sends a request once, through any transport, for as long as its `timeout` and `signal` allow.
 *
 * The wait for a slot counts as well. Resolves to `notYet` if the rate was limited meanwhile. Rejects only with the
 * signal's reason.
 */
function attempt(
  request: PreparedRequest,
  context: AttemptContext,
  turn: Turn,
  call: Call,
): ReturnType<Attempt> {
  const { timeout, signal } = request;
  const { slots } = context;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortReason(signal));
    const limits: Limits = { controller: new AbortController(), isUnderWay: false, isOverdue: false };
    let leaveSlot: (() => void) | undefined;
    /** Ends the attempt for its caller, once; a transport that continues regardless is not waited for. */
    const end = (): void => {
      clearTimeout(timer);
      forget();
      leaveSlot?.();
      leaveSlot = undefined;
    };
    const forget = onAbort(signal, () => {
      end();
      reject(abortReason(signal as AbortSignal));
      limits.controller.abort();
    });
    const timer = setTimeout(() => {
      limits.isOverdue = true;
      if (!limits.isUnderWay) {
        end();
        return resolve(noSlotFailure(request));
      }
      // The transport's error says whether the request was sent.
      limits.controller.abort();
      setTimeout(() => {
        end();
        resolve(overdueFailure(request));
      }, 0);
    }, timeout);
    const askedAt = performance.now();
    const start = (): void => {
      leaveSlot = () => slots.release();
      // The outcome of a write that is sent with little time left would often be unknown.
      if (!request.idempotent && performance.now() - askedAt > timeout / 2) {
        end();
        resolve(noSlotFailure(request));
        return;
      }
      if (!turn.mayStart()) {
        end();
        resolve(notYet);
        return;
      }
      limits.isUnderWay = true;
      call.attempts += 1;
      const outcome = exchange(request, context, limits).then((outcome) => {
        turn.onOutcome(outcome);
        return outcome;
      });
      outcome.finally(end).then(resolve, reject);
    };
    if (slots.take()) start();
    else {
      // First, since a listener may abort the call.
      leaveSlot = slots.whenFree(start);
      call.emit?.("call-waiting", { reason: "slot" });
    }
  });
}

/** What ends an attempt early. */
interface Limits {
  readonly controller: AbortController;
  /** Whether the transport has the request. */
  isUnderWay: boolean;
  /** Whether `timeout` has passed. */
  isOverdue: boolean;
}

async function exchange(
  request: PreparedRequest,
  { transport, clock, serverTime }: AttemptContext,
  limits: Limits,
): Promise<ApiResponse | Failure> {
  const { method, url, query, headers, body, idempotent, streamed } = request;
  const { controller } = limits;
  const sent = { method, url: url + query, headers, body, idempotent, signal: controller.signal };
  const size = Object.hasOwn(transport, "maxResponseSize") ? transport.maxResponseSize : undefined;
  const maxResponseSize = size ?? defaultMaxResponseSize;
  let response: TransportResponse;
  try {
    if (streamed) {
      const stream = await streamOf(transport)(sent);
      serverTime.observe(stream.headers);
      if (isStream(stream)) return streamedResponse(request, stream, controller);
      response = await readWhole(stream, maxResponseSize);
    } else response = await transport(sent);
  } catch (error) {
    if (limits.isOverdue) return overdueFailure(request, error);
    return transportFailure(request, error);
  }
  try {
    if (Object(response?.headers) === response?.headers) serverTime.observe(response.headers);
    return parseResponse(request, response, maxResponseSize, clock.now());
  } catch (error) {
    if (isInfisicalError(error)) throw error;
    // What a third-party transport resolves to may throw when it is read.
    const text = "The response cannot be read.";
    return failure(request, { code: "INVALID_RESPONSE", text, repeatable: "none" });
  }
}

/** The HTTP client for plugins and strategies. */
export function toHttpClient(send: (request: HttpRequest) => Promise<ApiResponse>): HttpClient {
  return {
    request: async <Result>(request: HttpRequest) => {
      const own = ownFields(request);
      const response = await send(own);
      return (own.fullResponse ? response : response.body) as Result;
    },
  };
}
