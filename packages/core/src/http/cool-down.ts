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
