import { type ZodTypeAny, z } from "zod";
import { validationFailure } from "./api-error.ts";

/** Validates a body or a query and returns the schema's output. Unknown keys are dropped, as on the real server. */
export function validate<Schema extends ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw validationFailure(result.error.issues);
  return result.data;
}

/** Text without surrounding whitespace. */
export const trimmed = z.string().trim();

/** A boolean in a query: `true` or `false`, nothing else. */
export function queryBoolean(byDefault: "true" | "false") {
  return z
    .enum(["true", "false"])
    .default(byDefault)
    .transform((value) => value === "true");
}

/** A boolean in a query of the folder routes: true for anything except an empty value, `0` and `false`. */
export const looseBoolean = trimmed
  .default("")
  .transform((value) => value !== "" && value !== "0" && value !== "false");

/** The path of a secret, without its trailing slash. */
export const secretPath = trimmed.default("/").transform(withoutTrailingSlash);

/** The path of a folder, without its trailing slash and with a leading one. */
export const folderPath = trimmed
  .default("/")
  .transform((path) => withoutTrailingSlash(path.startsWith("/") ? path : `/${path}`));

/** A slug: groups of lower-case letters and digits, separated by single hyphens. The name is that of the messages. */
export function slug(shortest: number, longest: number, name = "Slug") {
  const characters = (count: number): string => `${count} lowercase character${count === 1 ? "" : "s"}`;
  return trimmed
    .min(shortest, { message: `${name} field must be at least ${characters(shortest)}` })
    .max(longest, { message: `${name} field must be at most ${characters(longest)}` })
    .refine((value) => /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/.test(value), {
      message: `${name} field can only contain lowercase letters, numbers, and hyphens`,
    });
}

/** Whether a text is the id of something. The database refuses a query for any other. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") && !path.includes("//") ? path.slice(0, -1) : path;
}
