import type { ApiRequest } from "@infisical/core";

/** What shapes the reply to a GET, beside who is asking. */
export type RequestShape = Pick<ApiRequest, "path" | "query" | "headers" | "expect">;

/** Keeps what shapes a reply; copied, since a caller may go on to change his objects. */
export function shapeOf({ path, query, headers, expect }: RequestShape): RequestShape {
  return { path, query: { ...query }, headers: { ...headers }, expect: structuredClone(expect) };
}

/** Whether two requests get the same reply. Compared, not encoded: that is faster, and nothing can collide. */
export function isSameRequest(one: RequestShape, other: RequestShape): boolean {
  return (
    one.path === other.path &&
    hasSameFields(one.query, other.query) &&
    hasSameFields(one.headers, other.headers) &&
    hasSameExpectation(one.expect, other.expect)
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

function hasSameExpectation(one: RequestShape["expect"], other: RequestShape["expect"]): boolean {
  if (Array.isArray(one) || Array.isArray(other)) return JSON.stringify(one) === JSON.stringify(other);
  return hasSameFields(one as Fields | undefined, other as Fields | undefined);
}
