import type { ApiRequest, ApiResponse } from "@infisical/core";
import { abortReason, cloneError, onAbort } from "@infisical/core/authoring";

/** Everything that determines the response to a GET, besides who asks. */
export type RequestShape = Pick<ApiRequest, "path" | "query" | "headers" | "expect">;

/** Copies what determines a response, because callers may mutate their objects. What is frozen stays comparable by identity. */
export function shapeOf({ path, query, headers, expect }: RequestShape): RequestShape {
  const kept = isDeeplyFrozen(expect) ? expect : structuredClone(expect);
  return { path, query: { ...query }, headers: { ...headers }, expect: kept };
}

function isDeeplyFrozen(value: unknown): boolean {
  return !isObject(value) || (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));
}

/** Whether two requests get the same response. Comparing them is faster than encoding them, and cannot collide. */
export function isSameRequest(one: RequestShape, other: RequestShape): boolean {
  return (
    one.path === other.path &&
    hasSameFields(one.query, other.query) &&
    hasSameFields(one.headers, other.headers) &&
    isSameValue(one.expect, other.expect)
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** In any order; a field that is `undefined` is not sent, and counts as missing. */
function hasSameFields(one: Fields = {}, other: Fields = {}): boolean {
  let unmatched = 0;
  for (const name in one) {
    if (one[name] === undefined) continue;
    if (one[name] !== other[name]) return false;
    unmatched += 1;
  }
  for (const name in other) if (other[name] !== undefined) unmatched -= 1;
  return unmatched === 0;
}

/** At every depth, because a shape contains others. */
function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other || !isObject(one) || !isObject(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  let unmatched = 0;
  for (const name in one) {
    if (!Object.hasOwn(one, name)) continue;
    if (!Object.hasOwn(other, name) || !isSameValue(one[name], other[name])) return false;
    unmatched += 1;
  }
  for (const name in other) if (Object.hasOwn(other, name)) unmatched -= 1;
  return unmatched === 0;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** One request that several callers wait for. It is aborted only when all of them have stopped waiting. */
export class SharedRequest {
  readonly #controller = new AbortController();
  readonly #response: Promise<ApiResponse>;
  #waiting = 0;

  constructor(send: (signal: AbortSignal) => Promise<ApiResponse>) {
    this.#response = send(this.#controller.signal);
    // A failure concerns only those who wait, and perhaps nobody waits any more.
    this.#response.catch(() => undefined);
  }

  /** Whether it was aborted because nobody waited any more. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Keeps the request going although its caller does not wait for it. */
  keepGoing(): void {
    this.#waiting += 1;
  }

  /** Waits for the response until the signal aborts. Each caller gets an error object that no other caller has. */
  wait(signal: AbortSignal | undefined): Promise<ApiResponse> {
    this.#waiting += 1;
    const response = this.#response.catch((error: unknown) => {
      throw this.#waiting > 1 ? cloneError(error) : error;
    });
    if (!signal) return response;
    return new Promise((resolve, reject) => {
      const forget = onAbort(signal, () => {
        reject(abortReason(signal));
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#controller.abort();
      });
      response.finally(forget).then(resolve, reject);
    });
  }
}

/** Freezes a response, so that no caller can change what the next one gets. */
export function frozenResponse({ status, headers, body }: ApiResponse): ApiResponse {
  return Object.freeze({ status, headers: deepFreeze(headers), body: deepFreeze(body) });
}

/** Freezes a value and everything in it. It uses a list, not the stack, which deep nesting would overflow. */
function deepFreeze<Value>(value: Value): Value {
  const pending: unknown[] = [value];
  for (const each of pending) {
    if (typeof each !== "object" || each === null || Object.isFrozen(each)) continue;
    Object.freeze(each);
    for (const inner of Object.values(each)) {
      if (typeof inner === "object") pending.push(inner);
    }
  }
  return value;
}
