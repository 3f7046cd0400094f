import { z } from "zod";
import { toMilliseconds } from "../engine/durations.ts";

/** A duration such as `2h`, in milliseconds. */
export function duration(longest?: { readonly text: string; readonly milliseconds: number }) {
  return z.string().transform((text, context) => {
    const milliseconds = read(text.trim());
    const isDuration = milliseconds !== undefined && milliseconds > 0;
    if (isDuration && milliseconds <= (longest?.milliseconds ?? milliseconds)) return Math.ceil(milliseconds);
    const rule = isDuration ? `at most ${longest?.text}` : 'a duration such as "2h"';
    context.addIssue({ code: "custom", message: `must be ${rule}, got ${quoted(text)}` });
    return z.NEVER;
  });
}

/** A path of a folder or of requests. */
export const path = z
  .string()
  .max(1000)
  .refine(
    (text) => text.startsWith("/"),
    (text) => ({ message: `must start with /, got ${quoted(text)}` }),
  );

/** What was sent, so that an error can tell it. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

function read(text: string): number | undefined {
  return text === "" || text.length > 100 ? undefined : toMilliseconds(text);
}
