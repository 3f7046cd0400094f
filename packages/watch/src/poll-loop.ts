import { isInfisicalError } from "@infisical/core";
import { type Alarm, Pause, spread } from "./pause.ts";

/** The longest wait after failures, unless the interval is longer; and the longest that a server can ask for. In milliseconds. */
const longestBackoff = 5 * 60_000;
const longestRetryAfter = 60 * 60_000;

/** What a loop does, and how often. */
export interface PollLoopOptions {
  /** In milliseconds. */
  readonly interval: number;
  readonly alarm: Alarm;
  /** Polls once. */
  readonly poll: () => Promise<void>;
  /** Is told why a poll failed; returns whether to poll again later. */
  readonly onFailure: (error: unknown) => boolean;
}

interface Waiting {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Polls again and again, one poll at a time, until it is stopped. */
export class PollLoop {
  readonly #options: PollLoopOptions;
  readonly #pause: Pause;
  /** Those who wait for the next poll. */
  #waiting: Waiting | undefined;
  /** Those who wait for the poll under way. */
  #polling: Waiting | undefined;
  #isStopped = false;

  constructor(options: PollLoopOptions) {
    this.#options = options;
    this.#pause = new Pause(options.alarm);
  }

  /** Begins once the caller has returned, so that nothing happens before anybody can listen. */
  async start(): Promise<void> {
    await undefined;
    for (let failures = 0; !this.#isStopped; ) {
      const error = await this.#pollOnce();
      if (error && !this.#isStopped && !this.#options.onFailure(error.reason)) return;
      failures = error ? failures + 1 : 0;
      if (!this.#isStopped) await this.#pause.wait(this.#waitAfter(failures, error?.reason));
    }
  }

  /** Polls now, or once more if a poll is under way. */
  wake(): void {
    this.#pause.wake();
  }

  /** Resolves when a poll has succeeded that began after this call; rejects if it fails. */
  pollNow(): Promise<void> {
    this.#waiting ??= createWaiting();
    this.wake();
    return this.#waiting.promise;
  }

  /** Ends the loop; whoever waits for a poll gets the reason. */
  stop(reason: unknown): void {
    this.#isStopped = true;
    // A mock might ignore the signal, and never answer.
    this.#polling?.reject(reason);
    this.#waiting?.reject(reason);
    this.#waiting = undefined;
    this.#pause.wake();
  }

  async #pollOnce(): Promise<{ readonly reason: unknown } | undefined> {
    const waiting = this.#waiting;
    this.#polling = waiting;
    this.#waiting = undefined;
    this.#pause.reset();
    try {
      await this.#options.poll();
      waiting?.resolve();
      return undefined;
    } catch (reason) {
      waiting?.reject(reason);
      return { reason };
    }
  }

  #waitAfter(failures: number, error: unknown): number {
    const { interval } = this.#options;
    if (failures === 0) return spread(interval);
    const backoff = spread(Math.min(interval * 2 ** failures, Math.max(interval, longestBackoff)));
    const asked = Math.min(retryAfterOf(error), longestRetryAfter);
    // Never before the server wants it, and not at the same moment as everybody else.
    return Math.max(backoff, asked + Math.random() * Math.min(asked, interval) * 0.25);
  }
}

/** How long a server asked to wait, in milliseconds. */
function retryAfterOf(error: unknown): number {
  const { retryAfter } = isInfisicalError(error) ? (error as { retryAfter?: unknown }) : {};
  return typeof retryAfter === "number" && retryAfter > 0 ? retryAfter * 1000 : 0;
}

function createWaiting(): Waiting {
  let settle: Omit<Waiting, "promise"> | undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Those who wait have promises of their own.
  promise.catch(() => undefined);
  return { promise, ...(settle as unknown as Omit<Waiting, "promise">) };
}
