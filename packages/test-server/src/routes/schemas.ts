import { z } from "zod";
import { type MetadataPair, parseMetadataFilter } from "../secrets/metadata-filter.ts";
import type { SecretMetadata } from "../state/entities.ts";

/** Text without surrounding whitespace. */
export const trimmed: z.ZodString = z.string().trim();

/** A boolean in a query: `true` or `false`, nothing else. */
export function queryBoolean(byDefault: "true" | "false"): z.ZodType<boolean, z.ZodTypeDef, unknown> {
  return z
    .enum(["true", "false"])
    .default(byDefault)
    .transform((value) => value === "true");
}

/** A boolean in a query of the folder routes: true for anything except an empty value, `0` and `false`. */
export const looseBoolean: z.ZodType<boolean, z.ZodTypeDef, unknown> = trimmed
  .default("")
  .transform((value) => value !== "" && value !== "0" && value !== "false");

/** The path of a secret, without its trailing slash. */
export const secretPath: z.ZodType<string, z.ZodTypeDef, unknown> = trimmed
  .default("/")
  .transform(withoutTrailingSlash);

/** The path of a folder, without its trailing slash and with a leading one. */
export const folderPath: z.ZodType<string, z.ZodTypeDef, unknown> = trimmed
  .default("/")
  .transform((path) => withoutTrailingSlash(path.startsWith("/") ? path : `/${path}`));

/** A value: trimmed, except for one trailing newline if it had any. */
export const secretValue: z.ZodType<string, z.ZodTypeDef, unknown> = z
  .string()
  .transform((value) => (value.at(-1) === "\n" ? `${value.trim()}\n` : value.trim()));

export const secretType: z.ZodEnum<["shared", "personal"]> = z.enum(["shared", "personal"]);

export const tagSlugs: z.ZodType<string[] | undefined, z.ZodTypeDef, unknown> = z
  .string()
  .optional()
  .transform((value) =>
    value
      ?.split(",")
      .map((slug) => slug.trim())
      .filter((slug) => slug !== ""),
  )
  .transform((slugs) => (slugs?.length ? slugs : undefined));

export const metadataFilter: z.ZodType<MetadataPair[], z.ZodTypeDef, unknown> = z
  .string()
  .optional()
  .transform((value) => parseMetadataFilter(value ?? ""))
  .pipe(z.array(z.object({ key: z.string(), value: z.string() })).max(10));

/** The metadata of a secret. A write replaces all of it. */
export const secretMetadata: z.ZodType<SecretMetadata[], z.ZodTypeDef, unknown> = z.array(
  z.object({
    key: trimmed.min(1),
    value: trimmed.default(""),
    isEncrypted: z.boolean().default(false),
  }),
);

/** A slug: groups of lower-case letters and digits, separated by single hyphens. */
export function slug(
  shortest: number,
  longest: number,
  message = "Slug must be a valid slug",
): z.ZodType<string, z.ZodTypeDef, unknown> {
  return trimmed
    .min(shortest)
    .max(longest)
    .refine((value) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value), { message });
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") && !path.includes("//") ? path.slice(0, -1) : path;
}
