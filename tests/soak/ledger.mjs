import { isLogin } from "./route.mjs";

/** Statuses of Infisical's that say for certain that nothing was done. */
const refusals = [401, 403, 429];

/** What the server saw: logins, how often each write arrived, and the tokens that each read was refused with. */
export class Ledger {
  logins = 0;

  /** By call, as the rest: arrays of bytes, so that the heap shows what the client keeps. */
  #arrived;
  #refused;
  #ended;
  /** @type {Map<string, Set<string | undefined>>} */
  #refusedReads = new Map();
  #forget;

  /**
   * @param {number} calls
   * @param {(call: number) => void} forget is told of a write that arrived after its call had ended
   */
  constructor(calls, forget) {
    this.#arrived = new Uint8Array(calls);
    this.#refused = new Uint8Array(calls);
    this.#ended = new Uint8Array(calls);
    this.#forget = forget;
  }

  /** @param {import("@infisical/test-server").LoggedRequest} request */
  note({ method, path, status = 0, headers, body }) {
    if (isLogin(path)) {
      if (status === 200) this.logins += 1;
      return;
    }
    const call = callOf(path, body);
    if (call === undefined) return;
    if (method === "GET" && (status === 401 || status === 403) && !this.#ended[call]) {
      const tokens = this.#refusedReads.get(path) ?? new Set();
      this.#refusedReads.set(path, tokens.add(headers["authorization"]));
    }
    if (method !== "POST") return;
    increment(this.#arrived, call);
    if (refusals.includes(status)) increment(this.#refused, call);
    if (this.#ended[call]) this.#forget(call);
  }

  /**
   * How often a write may have been carried out.
   *
   * @param {number} call
   * @param {number} pages how often something else than Infisical answered with a status of its refusals
   */
  carriedOut(call, pages) {
    return (this.#arrived[call] ?? 0) - (this.#refused[call] ?? 0) + pages;
  }

  /** How often a write arrived. */
  arrived(/** @type {number} */ call) {
    return this.#arrived[call] ?? 0;
  }

  /** How many writes may have been carried out more than once, by the end of the run; `pages` as above, by call. */
  repeated(/** @type {Uint8Array} */ pages) {
    return this.#arrived.reduce(
      (count, _, call) => count + (this.carriedOut(call, pages[call] ?? 0) > 1 ? 1 : 0),
      0,
    );
  }

  /** How many tokens a read was refused with. */
  refusedTokens(/** @type {string} */ path) {
    return this.#refusedReads.get(path)?.size ?? 0;
  }

  /** Notes that a call has ended. */
  end(/** @type {number} */ call, /** @type {string} */ path) {
    this.#ended[call] = 1;
    this.#refusedReads.delete(path);
  }
}

/**
 * The number of the call that a request belongs to: it is in the name of the secret, or in what a lease is taken with.
 *
 * @param {string} path
 * @param {unknown} body
 */
function callOf(path, body) {
  const inPath = /\/[RW](\d+)$/.exec(path)?.[1];
  if (inPath !== undefined) return Number(inPath);
  const { config } = /** @type {{ config?: { call?: number } }} */ (Object(body));
  return config?.call;
}

/**
 * @param {Uint8Array} counts
 * @param {number} index
 */
function increment(counts, index) {
  counts[index] = (counts[index] ?? 0) + 1;
}
