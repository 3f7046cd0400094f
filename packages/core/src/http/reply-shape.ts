import type { HttpRequest, ReplyFieldType, ReplyShape } from "../http-client.ts";

/** Says what a reply lacks of what was expected; `undefined` if nothing. */
export function lackOf(body: unknown, expect: HttpRequest["expect"]): string | undefined {
  if (expect === undefined) return undefined;
  const shapes: readonly ReplyShape[] = Array.isArray(expect) ? expect : [expect];
  if (shapes.some((shape) => hasShape(body, shape))) return undefined;
  return `The reply lacks ${shapes.map(describe).join(" or ")}.`;
}

function hasShape(body: unknown, shape: ReplyShape): boolean {
  if (typeof body !== "object" || body === null) return false;
  return Object.entries(shape).every(
    ([field, type]) => typeOf((body as Record<string, unknown>)[field]) === type,
  );
}

function typeOf(value: unknown): ReplyFieldType | undefined {
  if (Array.isArray(value)) return "array";
  if (value === null) return undefined;
  return typeof value as ReplyFieldType;
}

function describe(shape: ReplyShape): string {
  return Object.entries(shape)
    .map(([field, type]) => `\`${field}\` (${type})`)
    .join(" and ");
}
