import type { HttpClient, HttpRequest } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import type { Transport } from "../contracts/transport.ts";
import type { Clock } from "../support/clock.ts";
import { attempt } from "./attempt.ts";
import { CoolDown } from "./cool-down.ts";
import { Failure } from "./failure.ts";
import { Places } from "./places.ts";
import { ownFields, prepareRequest, type RequestDefaults } from "./prepare.ts";
import { type RetryLimits, withRetries } from "./retry.ts";
import type { ServerTime } from "./server-time.ts";

/** What sending needs to know. */
export interface SendOptions extends RequestDefaults {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly serverTime: ServerTime;
  /** `undefined` means that nothing is retried. */
  readonly retry: RetryLimits | undefined;
  /** How many attempts may be in flight. */
  readonly maxConcurrent: number;
}

/** Sends a request, with a token or without, as often as it takes: as the client's limits say, or others. */
export type Send = (request: HttpRequest, token?: string, limits?: RetryLimits) => Promise<ApiResponse>;

/** Makes the `Send` of one client; a rate limit's cool-down and the places hold for all that goes through it. */
export function createSend(options: SendOptions): Send {
  const { transport, clock, serverTime } = options;
  const coolDown = new CoolDown(clock);
  const context = { transport, places: new Places(options.maxConcurrent), clock, serverTime };
  return async (request, token, limits = options.retry) => {
    const prepared = prepareRequest(request, options, token);
    const sendOnce = (): Promise<ApiResponse | Failure> => attempt(prepared, context);
    if (limits) return withRetries(prepared, { limits, clock, coolDown }, sendOnce);
    const outcome = await sendOnce();
    if (outcome instanceof Failure) throw outcome.error;
    return outcome;
  };
}

/** The client that plugins and strategies are given. */
export function toHttpClient(send: (request: HttpRequest) => Promise<ApiResponse>): HttpClient {
  return {
    request: async <Result>(request: HttpRequest) => {
      const own = ownFields(request);
      const response = await send(own);
      return (own.fullResponse ? response : response.body) as Result;
    },
  };
}
