import { type ZodTypeAny, z } from "zod";
import { inputsSchema, providerSchema } from "../dynamic-secrets/provider-schema.ts";
import { ttl } from "../dynamic-secrets/ttl.ts";
import type { DynamicSecretSeed } from "../options.ts";
import type { NewDynamicSecret } from "../state/dynamic-secrets.ts";

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must consist of lower-case letters, digits and -");
const path = z.string().startsWith("/", "must start with /");

const fields = z
  .object({
    type: z.string(),
    inputs: z.record(z.unknown()),
    defaultTTL: ttl.optional(),
    maxTTL: ttl.nullish(),
    usernameTemplate: z.string().optional(),
    metadata: z.record(z.string()).optional(),
  })
  .strict();

/** The provider's inputs are validated as the server does on creation. */
const dynamicSecret = fields.superRefine(({ type, inputs }, context) => {
  const result = providerSchema.safeParse({ type, inputs });
  for (const issue of result.error?.issues ?? []) context.addIssue(issue);
});

/** Dynamic secrets by environment slug, folder path and name. */
export const dynamicSecretsSeed: ZodTypeAny = z.record(z.record(path, z.record(name, dynamicSecret)));

export const dynamicSecretsOptions: ZodTypeAny = z
  .object({
    issuer: z
      .object({
        check: z.function().optional(),
        issue: z.function(),
        renew: z.function().optional(),
        revoke: z.function(),
      })
      .passthrough()
      .optional(),
    leaseLimit: z.number().int().min(0).optional(),
  })
  .strict();

/** A seeded dynamic secret with the server's defaults filled in. */
export function newDynamicSecret(name: string, seed: DynamicSecretSeed): NewDynamicSecret {
  return {
    name,
    type: seed.type,
    inputs: inputsSchema(seed.type).parse(seed.inputs),
    defaultTTL: seed.defaultTTL ?? "1h",
    maxTTL: seed.maxTTL === undefined ? "24h" : seed.maxTTL,
    usernameTemplate: seed.usernameTemplate,
    metadata: Object.entries(seed.metadata ?? {}).map(([key, value]) => ({ key, value })),
  };
}
