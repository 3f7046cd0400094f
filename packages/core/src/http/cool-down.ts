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

  /** Whether nothing may be sent now. */
  get lasts(): boolean {
    return this.#clock.now() < this.#until;
  }

  /** Resolves when requests may be sent again. */
  async end(signal: AbortSignal | undefined): Promise<void> {
    while (this.lasts) await this.#clock.sleep(this.#until - this.#clock.now(), signal);
  }
}
