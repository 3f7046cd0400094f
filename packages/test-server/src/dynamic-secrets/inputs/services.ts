import { type ZodTypeAny, z } from "zod";
import { trimmed } from "../../routes/schemas.ts";
import { fields, host, port, texts } from "./common.ts";

const { address, tls, gateway } = fields;

const ldap = { url: trimmed, binddn: trimmed, bindpass: trimmed, ...tls };

/** Sets the credential type where LDAP inputs name none. */
function withCredentialType(inputs: unknown): unknown {
  const nameless = typeof inputs === "object" && inputs !== null && !("credentialType" in inputs);
  return nameless ? { ...inputs, credentialType: "dynamic" } : inputs;
}

const tailscale = {
  auth: z.discriminatedUnion("method", [
    z.object({ method: z.literal("api_key"), apiKey: trimmed }),
    z.object({ method: z.literal("oauth"), clientId: trimmed, clientSecret: trimmed }),
  ]),
  tailnet: trimmed.default("-"),
  description: trimmed.max(50).optional(),
};

const tailscaleScopes = z
  .array(
    trimmed.refine(
      (scope) => !["auth_keys", "oauth_keys", "federated_keys", "api_access_tokens", "all"].includes(scope),
      { message: "Scope is not allowed" },
    ),
  )
  .min(1);

const sshAlgorithm = z
  .enum(["RSA_2048", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "ED25519"])
  .default("ED25519");

const oauth2Parameters = z
  .array(z.object({ key: trimmed, value: trimmed }))
  .max(20)
  .refine((entries) => new Set(entries.map(({ key }) => key)).size === entries.length, {
    message: "Extra params must have unique keys",
  })
  .default([]);

/** The inputs of other services. */
export const serviceInputs: Readonly<Record<string, ZodTypeAny>> = {
  "rabbit-mq": z.object({
    ...address,
    tags: z.array(trimmed).default([]),
    virtualHost: z.object({
      name: trimmed,
      permissions: z.object({ read: trimmed, write: trimmed, configure: trimmed }),
    }),
    ...tls,
  }),
  ldap: z.preprocess(
    withCredentialType,
    z.discriminatedUnion("credentialType", [
      z.object({
        credentialType: z.literal("dynamic"),
        creationLdif: trimmed,
        revocationLdif: trimmed,
        rollbackLdif: trimmed.optional(),
        ...ldap,
      }),
      z.object({ credentialType: z.literal("static"), rotationLdif: trimmed, ...ldap }),
    ]),
  ),
  totp: z.discriminatedUnion("configType", [
    z.object({ configType: z.literal("url"), url: trimmed.startsWith("otpauth://") }),
    z.object({
      configType: z.literal("manual"),
      secret: trimmed.transform((secret) => secret.replaceAll(" ", "")),
      period: z.number().optional(),
      algorithm: z.enum(["sha1", "sha256", "sha512"]).optional(),
      digits: z.number().optional(),
    }),
  ]),
  github: z.object({ appId: z.number(), installationId: z.number(), privateKey: trimmed }),
  ssh: z.object({ principals: texts, keyAlgorithm: sshAlgorithm, caKeyAlgorithm: sshAlgorithm }),
  "ibm-api-connect": z.object({
    clientId: trimmed,
    clientSecret: trimmed,
    instanceUrl: trimmed,
    apiKey: trimmed,
    orgId: trimmed,
    catalogId: trimmed,
    consumerOrgId: trimmed,
    appId: trimmed,
    ...gateway,
  }),
  tailscale: z.discriminatedUnion("authType", [
    z.object({
      authType: z.literal("auth_keys"),
      tags: z.array(trimmed).default([]),
      reusable: z.boolean().default(false),
      preauthorized: z.boolean().default(false),
      ...tailscale,
    }),
    z.object({ authType: z.literal("oauth_keys"), tags: texts, scopes: tailscaleScopes, ...tailscale }),
    z.object({
      authType: z.literal("federated_keys"),
      tags: texts,
      scopes: tailscaleScopes,
      issuer: trimmed,
      subject: trimmed,
      audience: trimmed.optional(),
      ...tailscale,
    }),
  ]),
  oauth2: z.object({
    grantType: z.literal("client-credentials"),
    tokenUrl: trimmed.url(),
    revocationUrl: trimmed.url(),
    clientId: trimmed,
    clientAuth: z.object({
      method: z.enum(["client_secret_basic", "client_secret_post"]),
      clientSecret: trimmed,
    }),
    scope: trimmed.optional(),
    extraParams: oauth2Parameters,
  }),
  kafka: z.object({
    bootstrapServers: z.array(z.object({ host, port: port.int() })).min(1),
    saslMechanism: z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]),
    username: trimmed,
    password: trimmed,
    acls: z
      .array(
        z.object({
          resourceType: z.enum(["TOPIC", "GROUP", "CLUSTER", "TRANSACTIONAL_ID"]),
          patternType: z.enum(["LITERAL", "PREFIXED"]).default("LITERAL"),
          resourceName: trimmed,
          operation: z.enum([
            "ALL",
            "READ",
            "WRITE",
            "CREATE",
            "DELETE",
            "ALTER",
            "DESCRIBE",
            "DESCRIBE_CONFIGS",
            "ALTER_CONFIGS",
            "IDEMPOTENT_WRITE",
          ]),
          permissionType: z.enum(["ALLOW", "DENY"]).default("ALLOW"),
        }),
      )
      .min(1),
    sslEnabled: z.boolean().default(false),
    ...tls,
  }),
};
