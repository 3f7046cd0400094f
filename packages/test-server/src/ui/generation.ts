import type { ServerState } from "../api/server-state.ts";
import { toHex } from "../engine/bytes.ts";
import { randomBytes } from "../engine/crypto.ts";

/**
 * The number of what the server stores. It changes with each reset, after which ids and positions are given out again.
 * It starts anywhere, so that a page which outlives its server does not take the next one for it.
 */
export class Generation {
  readonly #state: () => ServerState;
  #of: ServerState | undefined;
  #number = Number.parseInt(toHex(randomBytes(6)), 16);

  constructor(state: () => ServerState) {
    this.#state = state;
  }

  get current(): number {
    const state = this.#state();
    if (this.#of !== state) this.#number += 1;
    this.#of = state;
    return this.#number;
  }
}
