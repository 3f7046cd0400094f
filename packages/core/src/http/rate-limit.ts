import type { ResponseHeaders } from "../contracts/transport.ts";
import type { Clock } from "../support/time.ts";
import { abortable } from "../support/wait.ts";

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
      if (this.#clock.now() <= before) this.#length = 0;
    }
  }

  /** How long it still lasts. A clock that was set back ends it rather than making it longer. */
  get #left(): number {
    const passed = this.#clock.now() - this.#since;
    return passed < 0 ? 0 : this.#length - passed;
  }
}

/** How many requests a client has in flight once a server has limited its rate: as many as it says are left. */
export class Gate {
  readonly #maxConcurrent: number;
  readonly #mostRefusals: number;
  /** Those who wait; told whether the gate has opened for them. */
  readonly #waiting = new Set<(isOpen: boolean) => void>();
  #inFlight = 0;
  /** How many requests in a row were refused that went alone. */
  #refusals = 0;
  /** Grows with every request that is let in after a refusal; infinite as long as nothing was refused. */
  #window = Number.POSITIVE_INFINITY;
  /** What the last response said is left; infinite if it said nothing. */
  #remaining = Number.POSITIVE_INFINITY;

  /**
   * @param maxConcurrent - The window at which a server that says nothing counts as unlimited again.
   * @param mostRefusals - After how many refusals in a row, each after a pause, nobody waits any longer.
   */
  constructor(maxConcurrent: number, mostRefusals: number) {
    this.#maxConcurrent = maxConcurrent;
    this.#mostRefusals = mostRefusals;
  }

  /** Whether one more request can be sent now. The first after a pause always can: somebody has to ask. */
  get isOpen(): boolean {
    return this.#inFlight < Math.max(1, Math.min(this.#window, this.#remaining));
  }

  /** Resolves when the gate has opened, for now; to `false` if the server refuses whoever asks. */
  async wait(signal: AbortSignal | undefined): Promise<boolean> {
    while (!this.isOpen) {
      let tell = (_: boolean): void => undefined;
      const told = new Promise<boolean>((resolve) => {
        tell = resolve;
      });
      this.#waiting.add(tell);
      try {
        if (!(await abortable(told, signal))) return false;
      } finally {
        this.#waiting.delete(tell);
      }
    }
    return true;
  }

  /** Counts a request that is sent. Call the result when its attempt has ended. */
  enter(): () => void {
    this.#inFlight += 1;
    return () => {
      this.#inFlight -= 1;
      this.letIn();
    };
  }

  /** Notes that the server has limited the rate: the next requests go one by one. */
  narrow(): void {
    if (this.#inFlight <= 1) this.#refusals += 1;
    this.#window = 1;
    this.#remaining = Number.POSITIVE_INFINITY;
    if (this.#refusals > this.#mostRefusals) for (const tell of this.#waiting) tell(false);
  }

  /** Notes that the server let a request in, and what the headers of its response say is left. */
  widen(headers: ResponseHeaders): void {
    if (this.#window === Number.POSITIVE_INFINITY) return;
    this.#refusals = 0;
    const stated = headers["x-ratelimit-remaining"];
    const isStated = stated !== undefined && /^\d{1,9}$/.test(stated);
    this.#remaining = isStated ? Number(stated) : Number.POSITIVE_INFINITY;
    // A server that does not say what is left is approached slowly: each refusal costs as many requests as are in flight.
    this.#window += isStated ? 1 : 1 / this.#window;
    if (!isStated && this.#window >= this.#maxConcurrent) this.#window = Number.POSITIVE_INFINITY;
    this.letIn();
  }

  /** Wakes as many of those who wait as there is room for. Whoever was woken and leaves unsent calls it for the others. */
  letIn(): void {
    const free = Math.max(1, Math.min(this.#window, this.#remaining)) - this.#inFlight;
    let count = 0;
    for (const tell of this.#waiting) {
      if (count >= free) return;
      count += 1;
      tell(true);
    }
  }
}
