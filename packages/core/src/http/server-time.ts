import type { Clock } from "../support/clock.ts";

/** Servers give whole seconds, and a response takes its time; less than this tells nothing about a clock. */
const tolerance = 5000;

/** What time the server has, so far as it says so: a proof that states the time must state the server's. */
export class ServerTime {
  readonly #clock: Clock;
  #skew: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Compares the two clocks by a response that has just arrived. One that a cache kept says nothing. */
  observe(headers: Readonly<Record<string, string>>): void {
    const date = headers["date"];
    if (date === undefined || "age" in headers) return;
    const skew = Date.parse(date) - this.#clock.now();
    if (!Number.isNaN(skew)) this.#skew = Math.abs(skew) < tolerance ? 0 : skew;
  }

  /** How far the server's clock is ahead of the client's, in milliseconds; `undefined` if it never said. */
  get skew(): number | undefined {
    return this.#skew;
  }

  /** The server's time where it is known, otherwise the client's. */
  now(): number {
    return this.#clock.now() + (this.#skew ?? 0);
  }
}
