import type { ApiResponse } from "@infisical/core";

/** Makes a response that many callers may get: what one of them does to it, no other one sees. */
export function shareResponse({ status, headers, body }: ApiResponse): ApiResponse {
  return Object.freeze({ status, headers: deepFreeze(headers), body: deepFreeze(body) });
}

/** Freezes a value and all that it holds. Deep nesting needs no deep stack. */
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
