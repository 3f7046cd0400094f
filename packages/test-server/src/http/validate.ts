import { type ZodIssue, type ZodTypeAny, z } from "zod";
import { validationFailure } from "./api-error.js";

/** Checks a body or a query and returns it as the schema makes it; unknown keys fall away, as on the server. */
export function validate<Schema extends ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw validationFailure(result.error.issues);
  return result.data;
}

/** The issue zod reports for a field that is not there. */
export function requiredIssue(field: string): ZodIssue {
  return {
    code: z.ZodIssueCode.invalid_type,
    expected: "string",
    received: "undefined",
    path: [field],
    message: "Required",
  };
}
