import { type ZodTypeAny, z } from "zod";
import { readPublicKey } from "../jwt-auth/verify-jwt.ts";
import type { TestServerOptions } from "../options.ts";
import { checkReferences } from "./check-references.ts";
import { dynamicSecretsOptions, dynamicSecretsSeed } from "./dynamic-secrets-schema.ts";
import { formatPath } from "./format-path.ts";

const name = z.string().min(1, "must not be empty");
const slug = name.regex(/^[a-zA-Z0-9_-]+$/, "must consist of letters, digits, - and _");
const path = z.string().startsWith("/", "must start with /");
const seconds = z.number().int().min(0);

const secret = z
  .object({
    value: z.string(),
    comment: z.string().optional(),
    tags: z.array(slug).optional(),
    metadata: z.record(z.string()).optional(),
    skipMultilineEncoding: z.boolean().optional(),
    reminderNote: z.string().optional(),
    reminderRepeatDays: z.number().optional(),
  })
  .strict();

/** One schema, written by hand, because the issues of a union do not name the wrong field. */
const secretOrValue = z.unknown().superRefine((value, context) => {
  if (typeof value === "string") return;
  if (typeof value !== "object" || value === null) {
    context.addIssue({ code: "custom", message: "must be a string, or an object with a value" });
    return;
  }
  const result = secret.safeParse(value);
  for (const issue of result.error?.issues ?? []) context.addIssue(issue);
});

const project = z
  .object({
    name,
    slug,
    id: z.string().uuid().optional(),
    environments: z.array(z.object({ name, slug }).strict()),
    folders: z.record(z.array(path)).optional(),
    secrets: z.record(z.record(path, z.record(secretOrValue))).optional(),
    dynamicSecrets: dynamicSecretsSeed.optional(),
    imports: z
      .array(
        z
          .object({
            environment: slug,
            path: path.optional(),
            import: z.object({ environment: slug, path: path.optional() }).strict(),
          })
          .strict(),
      )
      .optional(),
    tags: z.array(z.object({ slug, color: z.string().optional() }).strict()).optional(),
    approvals: z.array(z.object({ environment: slug, path: path.optional() }).strict()).optional(),
  })
  .strict();

const lifetimes = {
  accessTokenTTL: seconds.optional(),
  accessTokenMaxTTL: seconds.optional(),
  accessTokenNumUsesLimit: seconds.optional(),
  accessTokenPeriod: seconds.optional(),
};

const publicKey = z
  .string()
  .refine((pem) => readPublicKey(pem) !== undefined, "must be a public key in PEM form");

const identity = z
  .object({
    name,
    id: z.string().uuid().optional(),
    organizationRole: z.enum(["admin", "member", "no-access"]).optional(),
    projectRoles: z.record(z.enum(["admin", "member", "viewer", "no-access"])).optional(),
    universalAuth: z
      .object({
        clientId: name.optional(),
        clientSecret: name.optional(),
        lockout: z.boolean().optional(),
        ...lifetimes,
      })
      .strict()
      .optional(),
    jwtAuth: z
      .object({
        publicKeys: z.array(publicKey).min(1),
        boundIssuer: name.optional(),
        boundSubject: name.optional(),
        boundAudiences: z.array(name).optional(),
        boundClaims: z.record(name).optional(),
        ...lifetimes,
      })
      .strict()
      .optional(),
    awsAuth: z
      .object({
        allowedAccountIds: z.array(name).optional(),
        allowedPrincipalArns: z.array(name).optional(),
        credentials: z
          .array(
            z
              .object({
                accessKeyId: name,
                secretAccessKey: name,
                sessionToken: name.optional(),
                expiration: z.number().optional(),
                arn: name.regex(/^arn:[\w-]+:(iam|sts)::\d{12}:/, "must be the ARN of a user or a role"),
              })
              .strict(),
          )
          .optional(),
        stsEndpoint: z.string().url("must be a URL").optional(),
        ...lifetimes,
      })
      .strict()
      .optional(),
  })
  .strict();

const pattern = z
  .union([z.string(), z.instanceof(RegExp)])
  .refine((value) => typeof value !== "string" || isPattern(value), "must be a regular expression");

const options: ZodTypeAny = z
  .object({
    projects: z.array(project).min(1).optional(),
    identities: z.array(identity).optional(),
    clock: z.object({ frozen: z.boolean().optional(), now: z.number().optional() }).strict().optional(),
    log: z.union([z.boolean(), z.object({ limit: seconds }).strict()]).optional(),
    secretValidationRules: z
      .array(z.object({ name, environment: slug.optional(), keyPattern: pattern }).strict())
      .optional(),
    dynamicSecrets: dynamicSecretsOptions.optional(),
    onRequest: z.function().optional(),
  })
  .strict();

/**
 * Validates options and returns them unchanged.
 *
 * @throws TypeError that names the path of every wrong field.
 */
export function parseOptions(value: unknown): TestServerOptions {
  const result = options.safeParse(value);
  const issues = result.success ? checkReferences(value as TestServerOptions) : result.error.issues;
  if (issues.length > 0) {
    throw new TypeError(issues.map((issue) => `${formatPath(issue.path)}: ${issue.message}`).join("; "));
  }
  // Not zod's copy, which would lose a secret named __proto__.
  return value as TestServerOptions;
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}
