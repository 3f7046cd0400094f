import type { HttpClient, HttpRequest } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import type { Transport } from "../contracts/transport.ts";
import { assertSignal } from "../support/check.ts";
import type { Clock } from "../support/clock.ts";
import { attempt } from "./attempt.ts";
import { CoolDown } from "./cool-down.ts";
import { prepareRequest, type RequestDefaults } from "./prepare.ts";
import { type RetryLimits, withRetries } from "./retry.ts";

/** What sending needs to know. */
export interface SendOptions extends RequestDefaults {
  readonly transport: Transport;
  readonly clock: Clock;
  /** `undefined` means that nothing is retried. */
  readonly retry: RetryLimits | undefined;
}

/** Sends a request, with a token or without, as often as it takes. */
export type Send = (request: HttpRequest, token?: string) => Promise<ApiResponse>;

/** Makes the `Send` of one client; a rate limit's cool-down holds for all that goes through it. */
export function createSend(options: SendOptions): Send {
  const { transport, clock, retry } = options;
  const coolDown = new CoolDown(clock);
  const now = (): number => clock.now();
  return async (request, token) => {
    const prepared = prepareRequest(request, options, token);
    const sendOnce = (): Promise<ApiResponse> => attempt(prepared, transport, now);
    return retry ? withRetries(prepared, { limits: retry, clock, coolDown }, sendOnce) : sendOnce();
  };
}

/** The client that plugins and strategies are given. */
export function toHttpClient(send: (request: HttpRequest) => Promise<ApiResponse>): HttpClient {
  return {
    request: async <Result>(request: HttpRequest) => {
      assertSignal(request.signal);
      const response = await send(request);
      return (request.fullResponse ? response : response.body) as Result;
    },
  };
}
