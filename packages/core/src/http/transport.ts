import type { Clock } from "../clock.ts";
import type { Fetch } from "../fetch.ts";
import type { HttpRequest } from "../http-client.ts";
import type { ApiResponse } from "../middleware.ts";
import { attempt } from "./attempt.ts";
import { checkTimeout } from "./check-timeout.ts";
import { CoolDown } from "./cool-down.ts";
import { prepareRequest, type RequestDefaults } from "./prepared-request.ts";
import type { RetryLimits } from "./retry-options.ts";
import { withRetries } from "./with-retries.ts";

/** What a transport needs to know. */
export interface TransportOptions extends RequestDefaults {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** In milliseconds. */
  readonly timeout: number;
  /** `undefined` means that nothing is tried again. */
  readonly retry: RetryLimits | undefined;
}

/** Sends a request, with a token or without, as often as it takes. */
export type Transport = (request: HttpRequest, token?: string) => Promise<ApiResponse>;

/** Makes the transport of one client; its rate limit's cool-down holds for all that goes through it. */
export function createTransport(options: TransportOptions): Transport {
  const { fetch, clock, retry } = options;
  const coolDown = new CoolDown(clock);
  const now = (): number => clock.now();
  return async (request, token) => {
    const timeout = request.timeout === undefined ? options.timeout : checkTimeout(request.timeout);
    const prepared = prepareRequest(request, options, timeout, token);
    const send = (): Promise<ApiResponse> => attempt(prepared, fetch, now);
    return retry ? withRetries(prepared, { limits: retry, clock, coolDown }, send) : send();
  };
}
