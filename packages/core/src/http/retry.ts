import type { ApiResponse } from "../contracts/middleware.ts";
import { optionError } from "../errors/make-error.ts";
import type { Call } from "../events/publish.ts";
import { fieldsOf } from "../support/call-options.ts";
import { integerFrom } from "../support/check.ts";
import { type Clock, type Duration, toMilliseconds } from "../support/time.ts";
import { abortable } from "../support/wait.ts";
import { Failure } from "./failure.ts";
import type { PreparedRequest } from "./prepare.ts";

/** When, how often and after which waits a failed request is sent again. */
export interface RetryOptions {
  /**
   * How many times a request is sent again after its first attempt.
   *
   * @defaultValue 4
   */
  readonly limit?: number | undefined;
  /**
   * The upper bound of the first wait; it doubles with every further one. The wait itself is random below it.
   *
   * @defaultValue "500ms"
   */
  readonly baseDelay?: Duration | undefined;
  /**
   * The upper bound of every wait, including one that the server asks for.
   *
   * @defaultValue "60s"
   */
  readonly maxDelay?: Duration | undefined;
}

/** The retry policy's numbers, delays in milliseconds. */
export interface RetryLimits {
  readonly limit: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
  /** The longest pause of the whole client when the server limits its rate. */
  readonly maxCoolDown: number;
}

const parseRetryFields = fieldsOf({
  "limit?": integerFrom(0),
  "baseDelay?": toMilliseconds,
  "maxDelay?": toMilliseconds,
});

/** Checks the client's `retry`; `undefined` means no retries at all. */
export function parseRetryOptions(option: string, retry: unknown): RetryLimits | undefined {
  if (retry === false) return undefined;
  if (typeof retry !== "object" || retry === null || Array.isArray(retry)) {
    throw optionError(option, "must be an object or false", retry);
  }
  const {
    limit = 4,
    baseDelay = 500,
    maxDelay = 60_000,
  } = parseRetryFields(option, retry) as Partial<RetryLimits>;
  return { limit, baseDelay, maxDelay, maxCoolDown: maxDelay };
}

interface RetryContext {
  readonly call: Call;
  readonly limits: RetryLimits;
  readonly clock: Clock;
  readonly coolDown: CoolDown;
}

/** Sends a request until it succeeds, fails permanently, or has used up its attempts. */
export async function withRetries(
  request: PreparedRequest,
  { call, limits, clock, coolDown }: RetryContext,
  sendOnce: () => Promise<ApiResponse | Failure>,
): Promise<ApiResponse> {
  const { signal } = request;
  const { emit } = call;
  const waiting = async (wait: () => Promise<void>): Promise<void> => {
    const since = clock.now();
    try {
      await wait();
    } finally {
      call.waited += Math.max(0, clock.now() - since);
    }
  };
  for (let attempts = 1; ; attempts += 1) {
    if (coolDown.isRunning) {
      emit?.("call-waiting", { reason: "rate-limit" });
      await waiting(() => coolDown.end(signal));
    }
    const outcome = await sendOnce();
    if (!(outcome instanceof Failure)) return outcome;
    const delay = retryDelay(outcome, attempts, limits);
    if (outcome.isRateLimit && coolDown.start(delay)) emit?.("cool-down-started", { delay });
    if (attempts > limits.limit || !mayRepeat(request, outcome)) throw outcome.error;
    const { code, statusCode } = outcome.error;
    emit?.("retry-scheduled", { attempt: call.attempts, delay, code, statusCode });
    if (!outcome.isRateLimit) await waiting(() => abortable(clock.sleep(delay, signal), signal));
  }
}

function mayRepeat({ idempotent }: PreparedRequest, { repeatable }: Failure): boolean {
  return repeatable === "all" || (repeatable === "idempotent" && idempotent);
}

/** In seconds. */
const shortestStated = 0.01;

/** How long to wait before the next attempt, in milliseconds; `attempts` counts those already made. */
function retryDelay({ error, isRateLimit }: Failure, attempts: number, limits: RetryLimits): number {
  const maxDelay = isRateLimit ? limits.maxCoolDown : limits.maxDelay;
  // A whole fleet is told "immediately": it gets the waits that spread it.
  if (error.retryAfter !== undefined && error.retryAfter >= shortestStated)
    return Math.min(error.retryAfter * 1000, maxDelay);
  return Math.random() * Math.min(limits.baseDelay * 2 ** (attempts - 1), maxDelay);
}

/** By how much a pause grows before it is worth another event, in milliseconds: calls in flight are limited together. */
const noticeable = 1000;

/** The pause in which a whole client sends nothing, because the server limited its rate. */
export class CoolDown {
  readonly #clock: Clock;
  #since = 0;
  #length = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Pauses the client for at least this long, in milliseconds; never shortens a running pause.
   *
   * @returns Whether nothing paused it before, or for noticeably less long.
   */
  start(milliseconds: number): boolean {
    const left = this.#left;
    this.#length = Math.ceil(Math.max(left, milliseconds));
    this.#since = this.#clock.now();
    return left < 1 || milliseconds - left >= noticeable;
  }

  /** Whether requests have to wait now. */
  get isRunning(): boolean {
    return this.#left >= 1;
  }

  /** Resolves when requests can be sent again. */
  async end(signal: AbortSignal | undefined): Promise<void> {
    while (this.isRunning) {
      const before = this.#clock.now();
      await abortable(this.#clock.sleep(this.#left, signal), signal);
      // With a clock that stands still, it would never end.
      if (this.#clock.now() <= before) return;
    }
  }

  /** How long it still lasts. A clock that was set back ends it rather than making it longer. */
  get #left(): number {
    const passed = this.#clock.now() - this.#since;
    return passed < 0 ? 0 : this.#length - passed;
  }
}
