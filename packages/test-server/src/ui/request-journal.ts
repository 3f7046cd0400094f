import type { Failure } from "../engine/failure.ts";
import type { LoggedRequest, RequestWatcher } from "../engine/responder.ts";
import { failureText } from "./failure-texts.ts";
import type { Generation } from "./generation.ts";

/** A request as the page lists it: without query, headers and body, which have credentials and values. */
export interface RequestView extends Pick<LoggedRequest, "method" | "path" | "status" | "time"> {
  readonly number: number;
  /** The failure that was ordered for it. */
  readonly failure: string | undefined;
  /** Whether it has not been answered yet. */
  readonly isOpen: boolean;
}

const longestPath = 300;

/** The latest requests, for the page. A reset of the server forgets them. */
export class RequestJournal {
  static readonly limit = 100;
  readonly #generation: Generation;
  #of: number;
  #entries: RequestView[] = [];
  #total = 0;

  constructor(generation: Generation) {
    this.#generation = generation;
    this.#of = generation.current;
  }

  readonly watcher: RequestWatcher = (request, failure) => {
    this.#followReset();
    this.#total += 1;
    const entry = viewOf(request, this.#total, failure);
    this.#entries.push(entry);
    if (this.#entries.length > RequestJournal.limit) this.#entries.shift();
    return () => Object.assign(entry, { status: request.status, isOpen: false });
  };

  /** How many there were. */
  get total(): number {
    this.#followReset();
    return this.#total;
  }

  /** The latest first. */
  latest(): RequestView[] {
    this.#followReset();
    return [...this.#entries].reverse();
  }

  #followReset(): void {
    if (this.#of === this.#generation.current) return;
    this.#of = this.#generation.current;
    this.#entries = [];
    this.#total = 0;
  }
}

/** A copy of what is shown, since headers and bodies of a hundred requests can be large. */
function viewOf(request: LoggedRequest, number: number, failure: Failure | undefined): RequestView {
  const { method, path, status, time } = request;
  const shown = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
  return {
    number,
    method,
    path: shown,
    status,
    time,
    failure: failure && failureText(failure),
    isOpen: true,
  };
}
