import type { Clock } from "@infisical/sdk";

/** A clock whose sleeps end soon, and whose two times can be set apart from each other. */
export class JumpingClock implements Clock {
  #wall = Date.parse("2026-11-26T12:00:00Z");
  #monotonic = 0;

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Sets the wall clock, forward or back, and lets time pass or not. */
  jump(wall: number, monotonic: number): void {
    this.#wall += wall;
    this.#monotonic += Math.max(0, monotonic);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (!(milliseconds >= 0)) throw new Error(`a sleep of ${milliseconds} ms`);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.#wall += milliseconds;
    this.#monotonic += milliseconds;
  }
}
