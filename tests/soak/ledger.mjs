/** Answers that say for certain that nothing was done. */
const refusals = [401, 403, 429];

/** What the server saw: logins, how often each write may have been carried out, and the tokens each read was refused with. */
export class Ledger {
  logins = 0;

  /** @type {Map<string, number>} */
  #writes = new Map();

  /** @type {Map<string, Set<string | undefined>>} */
  #refusedReads = new Map();

  /** @param {import("@infisical/test-server").LoggedRequest} request */
  note({ method, path, status, headers }) {
    if (path.endsWith("/login") || path.endsWith("/renew")) this.logins += 1;
    else if (method === "GET" && (status === 401 || status === 403)) {
      const tokens = this.#refusedReads.get(path) ?? new Set();
      this.#refusedReads.set(path, tokens.add(headers["authorization"]));
    } else if (method === "POST" && !refusals.includes(status ?? 0)) {
      this.#writes.set(path, (this.#writes.get(path) ?? 0) + 1);
    }
  }

  /**
   * How often a write reached the server without being refused; asking forgets it.
   *
   * @param {string} path
   * @param {number} allowed arrivals that were refused with a status that others use too
   */
  takeWrites(path, allowed) {
    const count = (this.#writes.get(path) ?? 0) - allowed;
    this.#writes.delete(path);
    return count;
  }

  /**
   * How many tokens a read was refused with.
   *
   * @param {string} path
   */
  refusedTokens(path) {
    return this.#refusedReads.get(path)?.size ?? 0;
  }

  /** @param {string} path */
  forgetRead(path) {
    this.#refusedReads.delete(path);
  }
}
