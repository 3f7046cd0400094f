import type { IdentityScope } from "@infisical/core/authoring";
import type { Ages } from "./ages.ts";
import type { Entry } from "./known-reads.ts";
import { frozenResponse, type RequestShape } from "./shared-request.ts";

/** How far ahead another machine's clock may be, in milliseconds. What it wrote then counts as written now. */
const largestSkew = 5000;

/** Describes a read of an identity: everything that determines its response. `undefined` if it cannot be written down. */
export function describeRead(scope: IdentityScope, shape: RequestShape): string | undefined {
  const { path, query, headers, expect } = shape;
  try {
    return encode(["read", scope.siteUrl, scope.subject, path, query ?? {}, headers ?? {}, expect]);
  } catch {
    return undefined;
  }
}

/** Writes a value so that different values give different texts, in whatever order their fields are. */
function encode(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function" || typeof value === "symbol")
    throw new TypeError("This cannot be written down.");
  if (typeof value !== "object" || value === null) return `${typeof value}:${value}`;
  if (Array.isArray(value)) return `[${Array.from(value, encode).join()}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, field]) => `${JSON.stringify(name)}:${encode(field)}`).join()}}`;
}

/** Writes an entry, and what was current when it was requested. `undefined` if its response would come back different. */
export function writeEntry(
  { response, etag, requestedAt }: Entry,
  lifetime: number,
  generation: string,
): string | undefined {
  const { status, headers, body } = response;
  if (!isJson(body) || !isJson(headers)) return undefined;
  const expiresAt = requestedAt.wall + lifetime;
  return JSON.stringify({
    generation,
    requestedAt: requestedAt.wall,
    expiresAt,
    status,
    headers,
    body,
    etag,
  });
}

/**
 * Reads an entry; `undefined` if it has expired, is not what is current, or is from a future that clocks do not explain.
 *
 * @throws {Error} It is not an entry.
 */
export function readEntry(text: string, lifetime: number, generation: string, ages: Ages): Entry | undefined {
  const read = new Map(Object.entries(JSON.parse(text)));
  const [writtenAt, expiresAt, status, headers] = ["requestedAt", "expiresAt", "status", "headers"].map(
    (name) => read.get(name),
  );
  const etag = read.get("etag");
  if (typeof writtenAt !== "number" || typeof expiresAt !== "number" || typeof status !== "number") {
    throw new Error("This is not an entry.");
  }
  const now = ages.now().wall;
  if (read.get("generation") !== generation || now >= expiresAt) return undefined;
  if (now - writtenAt >= lifetime || writtenAt - now > largestSkew) return undefined;
  const response = frozenResponse({ status, headers: Object(headers), body: read.get("body") });
  return {
    response,
    etag: typeof etag === "string" ? etag : undefined,
    requestedAt: ages.before(Math.max(0, now - writtenAt)),
    writtenAt,
    order: 0,
    refreshAge: Number.POSITIVE_INFINITY,
  };
}

/** Whether a value is the same after it was written as JSON and read. It uses a list, not the stack. */
function isJson(value: unknown): boolean {
  const pending = new Set([value]);
  for (const each of pending) {
    if (typeof each === "number" && (!Number.isFinite(each) || Object.is(each, -0))) return false;
    if (["bigint", "function", "symbol"].includes(typeof each)) return false;
    if (typeof each !== "object" || each === null) continue;
    const isPlain = [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(each));
    if (!isPlain || "toJSON" in each) return false;
    const inner = Object.values(each);
    if (inner.includes(undefined) || (Array.isArray(each) && inner.length !== each.length)) return false;
    for (const one of inner) pending.add(one);
  }
  return true;
}
