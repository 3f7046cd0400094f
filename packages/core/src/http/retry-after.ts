import type { ReplyHeaders } from "../fetch.ts";
/** How long a reply asks to wait, in milliseconds; `undefined` if it does not say. */
export function retryAfter(headers: ReplyHeaders, message: string, now: number): number | undefined {
  return fromHeader(headers, now) ?? fromMessage(message);
}

function fromHeader(headers: ReplyHeaders, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return undefined;
  // Both dates from the server's clock, where it sent its own: ours may be off.
  const sent = Date.parse(headers.get("date") ?? "");
  return Math.max(0, date - (Number.isNaN(sent) ? now : sent));
}

function fromMessage(message: string): number | undefined {
  const seconds = /\bin (\d+(?:\.\d+)?) seconds?\b/i.exec(message)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
