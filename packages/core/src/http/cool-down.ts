import type { Clock } from "../clock.ts";

/** The time in which a whole client sends nothing, because the server limited its rate. */
export class CoolDown {
  readonly #clock: Clock;
  #until = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lets the client rest for so many milliseconds from now, or as long as it already has to. */
  start(milliseconds: number): void {
    this.#until = Math.max(this.#until, this.#clock.now() + milliseconds);
  }

  /** Resolves when requests may be sent again. */
  async end(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const left = this.#until - this.#clock.now();
      if (left <= 0) return;
      await this.#clock.sleep(left, signal);
    }
  }
}
