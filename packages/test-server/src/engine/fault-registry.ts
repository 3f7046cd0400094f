import { checkFailure, type Failure, type FailureHandle, type FailureMatch } from "./failure.ts";
import type { LoggedRequest } from "./responder.ts";

interface Fault {
  readonly id: number;
  readonly match: FailureMatch;
  readonly failure: Failure;
  seen: number;
  count: number;
}

/** An ordered failure that can still happen. */
export interface WaitingFailure {
  readonly id: number;
  readonly match: FailureMatch;
  readonly failure: Failure;
  readonly left: number;
}

/** The ordered failures, oldest first. */
export class FaultRegistry {
  #faults: Fault[] = [];
  #lastId = 0;

  add(match: FailureMatch, failure: Failure): FailureHandle {
    checkFailure(match, failure);
    this.#lastId += 1;
    const fault: Fault = { id: this.#lastId, match, failure, seen: 0, count: 0 };
    this.#faults.push(fault);
    return {
      get count() {
        return fault.count;
      },
      remove: () => this.remove(fault.id),
    };
  }

  /** The failures that can still happen, oldest first, each with the number of requests that it has left. */
  waiting(): readonly WaitingFailure[] {
    return this.#faults
      .map(({ id, match, failure, count }) => ({ id, match, failure, left: (match.times ?? 1) - count }))
      .filter(({ left }) => left > 0);
  }

  remove(id: number): void {
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
  }

  clear(): void {
    this.#faults = [];
  }

  /** Whether a request is refused before it is read. */
  refuses(request: () => LoggedRequest): boolean {
    return this.#take(request, (failure) => "refuse" in failure) !== undefined;
  }

  /** The failure of a request that has been read. */
  take(request: LoggedRequest): Failure | undefined {
    return this.#take(
      () => request,
      (failure) => !("refuse" in failure),
    );
  }

  #take(request: () => LoggedRequest, eligible: (failure: Failure) => boolean): Failure | undefined {
    for (const fault of this.#faults) {
      if (!eligible(fault.failure) || fault.count >= (fault.match.times ?? 1)) continue;
      if (!matches(fault.match, request())) continue;
      fault.seen += 1;
      if (fault.seen <= (fault.match.after ?? 0)) continue;
      fault.count += 1;
      return fault.failure;
    }
    return undefined;
  }
}

function matches({ method, path, when }: FailureMatch, request: LoggedRequest): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (typeof path === "string" && path !== request.path) return false;
  if (path instanceof RegExp && request.path.search(path) === -1) return false;
  return when?.(request) ?? true;
}
