import type { ServerState } from "../api/server-state.ts";
import type { LoggedRequest, RequestWatcher } from "../engine/responder.ts";
import { failureText } from "./failure-texts.ts";

/** A request as the page lists it: without query, headers and body, which have credentials and values. */
export interface RequestView extends Pick<LoggedRequest, "method" | "path" | "status" | "time"> {
  readonly number: number;
  /** The failure that was ordered for it. */
  readonly failure: string | undefined;
  /** Whether it has not been answered yet. */
  readonly isOpen: boolean;
}

interface Entry {
  readonly number: number;
  readonly request: LoggedRequest;
  readonly failure: string | undefined;
  isOpen: boolean;
}

const longestPath = 300;

/** The latest requests, for the page. A reset of the server forgets them. */
export class RequestJournal {
  static readonly limit = 100;
  readonly #state: () => ServerState;
  #of: ServerState;
  #entries: Entry[] = [];
  #total = 0;

  constructor(state: () => ServerState) {
    this.#state = state;
    this.#of = state();
  }

  readonly watcher: RequestWatcher = (request, failure) => {
    this.#followReset();
    this.#total += 1;
    const entry: Entry = {
      number: this.#total,
      request,
      failure: failure && failureText(failure),
      isOpen: true,
    };
    this.#entries.push(entry);
    if (this.#entries.length > RequestJournal.limit) this.#entries.shift();
    return () => {
      entry.isOpen = false;
    };
  };

  /** How many there were. */
  get total(): number {
    this.#followReset();
    return this.#total;
  }

  /** The latest first. */
  latest(): RequestView[] {
    this.#followReset();
    return this.#entries.map(viewOf).reverse();
  }

  #followReset(): void {
    if (this.#of === this.#state()) return;
    this.#of = this.#state();
    this.#entries = [];
    this.#total = 0;
  }
}

function viewOf({ number, request, failure, isOpen }: Entry): RequestView {
  const { method, path, status, time } = request;
  const shown = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
  return { number, method, path: shown, status, time, failure, isOpen };
}
