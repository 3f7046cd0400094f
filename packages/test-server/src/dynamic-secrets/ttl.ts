import ms from "ms";
import { z } from "zod";

const shortest = 60_000;
const longest = ms("10y");

/** A TTL in milliseconds, as the server reads it; `NaN` if it cannot be read. */
export function ttlToMilliseconds(ttl: string): number {
  return ms(ttl as ms.StringValue) ?? Number.NaN;
}

/**
 * A required TTL. As on the real server, one that cannot be read passes and fails where it is used, and an empty
 * one makes the reader itself fail.
 */
export const ttl: z.ZodType<string, z.ZodTypeDef, unknown> = z.string().superRefine(checkBounds);

/** An optional TTL; an empty one counts as none. */
export const optionalTtl: z.ZodType<string | undefined, z.ZodTypeDef, unknown> = z
  .string()
  .optional()
  .superRefine((value, context) => {
    if (value) checkBounds(value, context);
  });

function checkBounds(value: string, context: z.RefinementCtx): void {
  const milliseconds = ttlToMilliseconds(value);
  if (milliseconds < shortest) {
    context.addIssue({ code: z.ZodIssueCode.custom, message: "TTL must be a greater than 1min" });
  }
  if (milliseconds > longest) {
    context.addIssue({ code: z.ZodIssueCode.custom, message: "TTL must be less than 10 years" });
  }
}
