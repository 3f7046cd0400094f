import type { Clock } from "../clock.ts";

/** The time in which a whole client sends nothing, because the server limited its rate. */
export class CoolDown {
  readonly #clock: Clock;
  #since = 0;
  #length = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lets the client rest for so many milliseconds from now, or as long as it already has to. */
  start(milliseconds: number): void {
    this.#length = Math.max(this.#left, milliseconds);
    this.#since = this.#clock.now();
  }

  /** Whether nothing may be sent now. */
  get lasts(): boolean {
    return this.#left > 0;
  }

  /** Resolves when requests may be sent again. */
  async end(signal: AbortSignal | undefined): Promise<void> {
    while (this.lasts) await this.#clock.sleep(this.#left, signal);
  }

  /** How long it still lasts. A clock that was set back ends it, and does not make it longer. */
  get #left(): number {
    const passed = this.#clock.now() - this.#since;
    return passed < 0 ? 0 : this.#length - passed;
  }
}
