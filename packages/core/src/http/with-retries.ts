import type { Clock } from "../clock.ts";
import { InfisicalSDKRequestError } from "../errors/infisical-sdk-request-error.ts";
import type { ApiResponse } from "../middleware.ts";
import type { CoolDown } from "./cool-down.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import { mayRetry, retryDelay } from "./retry-decision.ts";
import type { RetryLimits } from "./retry-options.ts";

interface RetryContext {
  readonly limits: RetryLimits;
  readonly clock: Clock;
  readonly coolDown: CoolDown;
}

/** Sends a request until it succeeds, fails for good, or has used up its attempts. */
export async function withRetries(
  { readOnly, signal }: PreparedRequest,
  { limits, clock, coolDown }: RetryContext,
  send: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  for (let attempts = 1; ; attempts += 1) {
    if (coolDown.lasts) await coolDown.end(signal);
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof InfisicalSDKRequestError)) throw error;
      const delay = retryDelay(error, attempts, limits);
      if (error.code === "RATE_LIMITED") coolDown.start(delay);
      if (attempts > limits.limit || !mayRetry(readOnly, error)) throw error;
      if (error.code !== "RATE_LIMITED") await clock.sleep(delay, signal);
    }
  }
}
