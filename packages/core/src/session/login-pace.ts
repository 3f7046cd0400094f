/** The wait before the third login in a row; it doubles with every further one. In milliseconds. */
const firstWait = 1000;
const longestWait = 10_000;

/** After such a pause, a login begins a new row. */
const endOfRow = 30_000;

/** How often a row may begin anew because a token was accepted: a single route may refuse what others accept. */
const mostAccepted = 3;

/**
 * Keeps logins apart that follow one another because each failed, or brought a token that was refused.
 *
 * The second in a row may follow at once: a token can be refused for a reason that a new one does not have.
 */
export class LoginPace {
  #inRow = 0;
  #accepted = 0;
  #beganAt = 0;

  /** Notes that a login begins. */
  begin(now: number): void {
    if (this.#isRowOver(now)) this.reset();
    this.#inRow += 1;
    this.#beganAt = now;
  }

  /** Notes that the last token lived as long as it should. */
  reset(): void {
    this.#inRow = 0;
    this.#accepted = 0;
  }

  /** Notes that the server accepted the token of the last login. */
  accept(): void {
    if (this.#inRow < 2 || this.#accepted >= mostAccepted) return;
    this.#inRow = 1;
    this.#accepted += 1;
  }

  /** Whether the next login has to wait. */
  isTooSoon(now: number): boolean {
    if (this.#inRow < 2 || this.#isRowOver(now)) return false;
    return now - this.#beganAt < Math.min(firstWait * 2 ** (this.#inRow - 2), longestWait);
  }

  /** A row that began far in the future is over: the clock was set back. */
  #isRowOver(now: number): boolean {
    return Math.abs(now - this.#beganAt) >= endOfRow;
  }
}
