import type { ResponseHeaders } from "../contracts/transport.ts";

/** The dates that HTTP allows begin with a day of the week. */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

/**
 * How long a response asks to wait, in milliseconds; `undefined` if it does not say, or says what makes no sense.
 *
 * @param headers - The response's headers.
 * @param now - The client's time, for a date where the server does not send its own.
 * @param message - The server's message, whose seconds count where there is no header.
 */
export function retryAfter(headers: ResponseHeaders, now: number, message = ""): number | undefined {
  return fromHeader(headers, now) ?? fromMessage(message);
}

function fromHeader(headers: ResponseHeaders, now: number): number | undefined {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return Number(value) * 1000;
  const date = httpDate.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  // Both dates from the server's clock, where it sent its own: ours may be off.
  const sent = Date.parse(headers["date"] ?? "");
  return Math.max(0, date - (Number.isNaN(sent) ? now : sent));
}

function fromMessage(message: string): number | undefined {
  const seconds = /\bin (\d{1,9}(?:\.\d{1,9})?) seconds?\b/i.exec(message)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
