import { type ZodRawShape, type ZodTypeAny, z } from "zod";
import { trimmed } from "../../routes/schemas.ts";

/** A host, which the server writes in lower case. */
export const host: z.ZodString = trimmed.toLowerCase();

export const port: z.ZodNumber = z.number();

/** A list of at least one text. */
export const texts: z.ZodArray<z.ZodString, "atleastone"> = z.array(trimmed).nonempty();

const count = z.number().int().min(0);

/** The requirements for generated passwords. */
export const passwordRequirements: ZodTypeAny = z
  .object({
    length: z.number().min(1).max(250),
    required: z.object({ lowercase: count, uppercase: count, digits: count, symbols: count }),
    allowedSymbols: z.string().optional(),
  })
  .refine(({ length, required }) => Object.values(required).reduce((sum, each) => sum + each) <= length, {
    message: "Sum of required characters cannot exceed the total length",
  })
  .optional();

type FieldGroup = "address" | "database" | "statements" | "renewal" | "tls" | "gateway";

/** Fields that several providers share, by topic. */
export const fields: Readonly<Record<FieldGroup, ZodRawShape>> = {
  address: { host, port, username: trimmed, password: trimmed },
  database: { database: trimmed },
  statements: { creationStatement: trimmed, revocationStatement: trimmed },
  renewal: { renewStatement: trimmed.optional() },
  tls: { ca: z.string().optional(), sslRejectUnauthorized: z.boolean().default(true) },
  gateway: { gatewayId: z.string().nullish(), gatewayPoolId: z.string().nullish() },
};
