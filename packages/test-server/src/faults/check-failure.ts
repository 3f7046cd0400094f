import { type ZodRawShape, type ZodTypeAny, z } from "zod";
import { formatPath } from "../seed/format-path.ts";
import type { Failure, FailureMatch } from "./failure.ts";

const count = z.number().min(0).optional();

const matchSchema = z
  .object({
    method: z.string().optional(),
    path: z.union([z.string(), z.instanceof(RegExp)]).optional(),
    times: count,
    after: count,
    when: z.function().optional(),
  })
  .strict();

/** The kinds of failures, by the field that identifies each. */
const kinds: Readonly<Record<string, ZodRawShape>> = {
  delay: { delay: z.number().min(0) },
  stall: { stall: z.enum(["headers", "body"]) },
  drop: { drop: z.enum(["before", "after"]) },
  refuse: { refuse: z.literal(true) },
  truncate: { truncate: z.union([z.literal(true), z.enum(["body", "connection"])]) },
  garbage: { garbage: z.literal(true) },
  redirect: { redirect: z.string(), status: z.number().int().min(300).max(399).optional() },
  rateLimit: {
    rateLimit: z
      .object({
        retryAfter: z.union([z.number(), z.string()]).optional(),
        header: z.boolean().optional(),
        message: z.boolean().optional(),
        legacy: z.boolean().optional(),
      })
      .strict(),
  },
  status: {
    status: z.number().int().min(200).max(599),
    headers: z.record(z.string()).optional(),
    body: z.unknown(),
  },
};

/**
 * Checks an ordered failure: a misspelled one would never happen, and a test would pass for the wrong reason.
 *
 * @throws TypeError that names the wrong field.
 */
export function checkFailure(match: FailureMatch, failure: Failure): void {
  check("match", matchSchema, match);
  const kind = Object.keys(kinds).find((name) => Object.hasOwn(Object(failure), name));
  if (kind === undefined) {
    throw new TypeError(`failure: must have one of ${Object.keys(kinds).join(", ")}`);
  }
  check("failure", z.object(kinds[kind] as ZodRawShape).strict(), failure);
}

function check(name: string, schema: ZodTypeAny, value: unknown): void {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue) throw new TypeError(`${formatPath([name, ...issue.path])}: ${issue.message}`);
}
