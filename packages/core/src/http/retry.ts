import type { ApiResponse } from "../contracts/middleware.ts";
import { optionError } from "../errors/make-error.ts";
import type { Call } from "../events/publish.ts";
import { fieldsOf } from "../support/call-options.ts";
import { integerFrom } from "../support/check.ts";
import { type Clock, type Duration, toMilliseconds } from "../support/time.ts";
import { abortable } from "../support/wait.ts";
import { Failure, failure } from "./failure.ts";
import type { PreparedRequest } from "./prepare.ts";
import type { CoolDown, Gate } from "./rate-limit.ts";
import type { RetryBudget } from "./retry-budget.ts";

/**
 * When, how often and after which waits a failed request is sent again.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * const client = createClient({ retry: { limit: 2, baseDelay: "200ms", maxDelay: "5s" } });
 */
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

/** What all calls of a client share, so that they do not overload a server together. */
export interface SharedLimits {
  readonly coolDown: CoolDown;
  readonly gate: Gate;
  readonly budget: RetryBudget;
}

interface RetryContext extends SharedLimits {
  readonly call: Call;
  readonly limits: RetryLimits;
  readonly clock: Clock;
}

/** What an attempt comes to that was not made: the client was limited while it waited for its turn. */
export const notYet: unique symbol = Symbol("not yet");

/** What an attempt asks and tells on its way. */
export interface Turn {
  /** Asked when the attempt has its slot: whether it can be made, or has to wait after all. */
  mayStart(): boolean;
  /** Told what came back before anybody else gets the slot. */
  onOutcome(outcome: ApiResponse | Failure): void;
}

/** Sends a request once. */
export type Attempt = (turn: Turn) => Promise<ApiResponse | Failure | typeof notYet>;

/** Sends a request until it succeeds, fails permanently, or has used up its attempts. */
export async function withRetries(
  request: PreparedRequest,
  context: RetryContext,
  sendOnce: Attempt,
): Promise<ApiResponse> {
  try {
    return await sendUntilDone(request, context, sendOnce);
  } finally {
    context.gate.letIn();
  }
}

async function sendUntilDone(
  request: PreparedRequest,
  { call, limits, clock, coolDown, gate, budget }: RetryContext,
  sendOnce: Attempt,
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
  let isTold = false;
  let refusal: Failure | undefined;
  let repeats = 0;
  let leave: (() => void) | undefined;
  /** What the last refusal means for the whole client, in milliseconds; it is random. */
  let pause = 0;
  const turn: Turn = {
    mayStart() {
      if (coolDown.isRunning || !gate.isOpen) return false;
      leave = gate.enter();
      return true;
    },
    onOutcome(outcome) {
      const answered = outcome instanceof Failure ? outcome.answered : outcome.headers;
      if (answered) gate.widen(answered);
      if (!(outcome instanceof Failure && outcome.isRateLimit)) return;
      gate.narrow();
      pause = retryDelay(outcome, repeats + 1, limits);
      if (coolDown.start(pause)) emit?.("cool-down-started", { delay: pause });
    },
  };
  for (;;) {
    if (coolDown.isRunning || !gate.isOpen) {
      if (!isTold) emit?.("call-waiting", { reason: "rate-limit" });
      isTold = true;
      let isOpen = true;
      await waiting(async () => {
        await coolDown.end(signal);
        isOpen = await gate.wait(signal);
      });
      if (!isOpen) throw (refusal ?? unsentFailure(request)).error;
    }
    const outcome = await sendOnce(turn).finally(() => {
      leave?.();
      leave = undefined;
    });
    if (outcome === notYet) continue;
    isTold = false;
    if (!(outcome instanceof Failure)) {
      budget.succeed(repeats);
      return outcome;
    }
    refusal = outcome;
    repeats += 1;
    const delay = outcome.isRateLimit ? pause : retryDelay(outcome, repeats, limits);
    if (repeats > limits.limit || !mayRepeat(request, outcome) || !budget.take(outcome)) throw outcome.error;
    const { code, statusCode } = outcome.error;
    emit?.("retry-scheduled", { attempt: call.attempts, delay, code, statusCode });
    if (!outcome.isRateLimit) await waiting(() => abortable(clock.sleep(delay, signal), signal));
  }
}

function unsentFailure(request: PreparedRequest): Failure {
  const text = "The server limits the client's rate and refuses every request, so this one was not sent.";
  return failure(request, { code: "RATE_LIMITED", text, repeatable: "none" });
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
