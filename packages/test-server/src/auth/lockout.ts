import { unauthorized } from "../api/api-error.ts";

const failuresUntilLock = 3;
/** How long a failure counts, from the latest one, in milliseconds. */
const failureMemory = 30_000;
const lockDuration = 300_000;

/** The failed logins in a row of one caller, too many of which lock it out for a while. */
export class Lockout {
  readonly #isEnabled: boolean;
  #failures = 0;
  /** When the failures are forgotten, in milliseconds. */
  #failuresEnd = 0;

  constructor(isEnabled: boolean) {
    this.#isEnabled = isEnabled;
  }

  /** Throws 401 for wrong credentials, and for any credentials after too many wrong ones. */
  check(isRight: boolean, now: number): void {
    const failures = now < this.#failuresEnd ? this.#failures : 0;
    if (failures >= failuresUntilLock) {
      throw unauthorized("This identity auth method is temporarily locked, please try again later");
    }
    if (isRight) {
      this.#failures = 0;
      return;
    }
    if (this.#isEnabled) {
      this.#failures = failures + 1;
      this.#failuresEnd = now + (this.#failures < failuresUntilLock ? failureMemory : lockDuration);
    }
    throw unauthorized("Invalid credentials");
  }
}
