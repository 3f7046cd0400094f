import { abortable } from "../support/abort.ts";
import type { Clock } from "../support/clock.ts";

/** The pause in which a whole client sends nothing, because the server limited its rate. */
export class CoolDown {
  readonly #clock: Clock;
  #since = 0;
  #length = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Pauses the client for at least this long, in milliseconds; never shortens a pause that is running. */
  start(milliseconds: number): void {
    this.#length = Math.ceil(Math.max(this.#left, milliseconds));
    this.#since = this.#clock.now();
  }

  /** Whether nothing may be sent now. */
  get isRunning(): boolean {
    return this.#left >= 1;
  }

  /** Resolves when requests may be sent again. */
  async end(signal: AbortSignal | undefined): Promise<void> {
    while (this.isRunning) {
      const before = this.#clock.now();
      await abortable(this.#clock.sleep(this.#left, signal), signal);
      // A clock that stands still would never let it end.
      if (this.#clock.now() <= before) return;
    }
  }

  /** How long it still lasts. A clock that was set back ends it, and does not make it longer. */
  get #left(): number {
    const passed = this.#clock.now() - this.#since;
    return passed < 0 ? 0 : this.#length - passed;
  }
}
