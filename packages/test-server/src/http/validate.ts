import { type ZodIssue, type ZodTypeAny, z } from "zod";
import { validationFailure } from "./api-error.ts";

/** Validates a body or a query and returns the schema's output. Unknown keys are dropped, as on the real server. */
export function validate<Schema extends ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw validationFailure(result.error.issues);
  return result.data;
}

/** The issue that zod reports for a missing field. */
export function requiredIssue(field: string): ZodIssue {
  return {
    code: z.ZodIssueCode.invalid_type,
    expected: "string",
    received: "undefined",
    path: [field],
    message: "Required",
  };
}
