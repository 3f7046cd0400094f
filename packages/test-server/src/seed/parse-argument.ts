import { type ZodTypeAny, z } from "zod";
import { formatPath } from "./format-path.ts";

const text = z.string();
const clock = z.object({ frozen: z.boolean().optional(), now: z.number().optional() }).strict();
const location = {
  project: text.optional(),
  environment: text,
  path: text.optional(),
  key: text,
};

/** The methods and functions whose arguments are checked here. */
type Call =
  | "listen()"
  | "secrets.set()"
  | "secrets.get()"
  | "secrets.delete()"
  | "leases.failRevocations()"
  | "createTestInstanceMetadata()";

/** What the methods and functions of this package accept, by their names. */
const accepted: Readonly<Record<Call, ZodTypeAny>> = {
  "listen()": z
    .object({
      port: z.number().int().min(0).max(65_535).optional(),
      host: text.min(1).optional(),
      allowedHosts: z.array(z.unknown()).optional(),
    })
    .strict(),
  "secrets.set()": z
    .object({
      ...location,
      value: text,
      comment: text.optional(),
      tags: z.array(text).optional(),
      metadata: z.record(text).optional(),
    })
    .strict(),
  "secrets.get()": z.object(location).strict(),
  "secrets.delete()": z.object(location).strict(),
  "leases.failRevocations()": z
    .object({
      times: z.number().min(0).optional(),
      message: text.optional(),
      dynamicSecretName: text.optional(),
    })
    .strict(),
  "createTestInstanceMetadata()": z
    .object({ region: text.optional(), accountId: text.optional(), clock: clock.optional() })
    .strict(),
};

/**
 * Checks what a method or a function was called with, and returns it unchanged.
 *
 * @throws TypeError that names the call and the path of every wrong field.
 */
export function parseArgument<Value>(call: Call, value: Value): Value {
  const { error } = accepted[call].safeParse(value);
  if (!error) return value;
  const issues = error.issues.map(({ path, message }) => `${formatPath(path)}: ${message}`);
  throw new TypeError(`${call}: ${issues.join("; ")}`);
}
