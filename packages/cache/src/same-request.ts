import type { ApiRequest } from "@infisical/core";

/** What shapes the response to a GET, beside who is asking. */
export type RequestShape = Pick<ApiRequest, "path" | "query" | "headers" | "expect">;

/** Keeps what shapes a response; copied, since a caller may go on to change his objects. */
export function shapeOf({ path, query, headers, expect }: RequestShape): RequestShape {
  return { path, query: { ...query }, headers: { ...headers }, expect: structuredClone(expect) };
}

/** Whether two requests get the same response. Compared, not encoded: that is faster, and nothing can collide. */
export function isSameRequest(one: RequestShape, other: RequestShape): boolean {
  return (
    one.path === other.path &&
    hasSameFields(one.query, other.query) &&
    hasSameFields(one.headers, other.headers) &&
    isSameShape(one.expect, other.expect)
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** In any order; a field that is `undefined` is not sent, so it is the same as none. */
function hasSameFields(one: Fields = {}, other: Fields = {}): boolean {
  let left = 0;
  for (const name in one) {
    if (one[name] === undefined) continue;
    if (one[name] !== other[name]) return false;
    left += 1;
  }
  for (const name in other) if (other[name] !== undefined) left -= 1;
  return left === 0;
}

/** At every depth, since a shape holds others. */
function isSameShape(one: unknown, other: unknown): boolean {
  if (one === other || !isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSameShape(one[name], other[name]))
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
