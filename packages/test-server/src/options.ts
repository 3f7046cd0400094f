import { z } from "zod";
import { type RateLimitPreset, type RateLimits, rateLimitsOption } from "./api/rate-limit-options.ts";
import {
  accepting,
  boolean,
  type Check,
  described,
  issuesOf,
  list,
  name,
  type ObjectOf,
  object,
  oneOf,
  optional,
  schemaOf,
  slug,
  wholeNumber,
} from "./engine/check.ts";
import { clockOptions, type TestClockOptions } from "./engine/clock.ts";
import type { LoggedRequest } from "./engine/responder.ts";
import type { CredentialIssuer } from "./resources/dynamic-secrets/credential-issuer.ts";
import { checkReferences } from "./seed/check-references.ts";
import { type IdentitySeed, identitySeed } from "./seed/identity-seed.ts";
import { type ProjectSeed, projectSeed } from "./seed/project-seed.ts";

const pattern: Check<string | RegExp> = z
  .union([z.string(), z.instanceof(RegExp)])
  .refine((value) => typeof value !== "string" || isPattern(value), "must be a regular expression");

const secretValidationRuleSeed = object({
  /** Its name, which the response quotes. */
  name,
  /**
   * The slug of the environment that it applies to.
   *
   * @defaultValue every environment
   */
  environment: optional(slug),
  /** A pattern that every valid name matches; anchor it with `^` and `$` to match the whole name. */
  keyPattern: pattern,
});

/** A rule for the names of secrets. Writes that break it are answered with 400 `Secret validation failed:`. */
export interface SecretValidationRuleSeed extends ObjectOf<typeof secretValidationRuleSeed.fields> {}

const method = z.function();

const dynamicSecretsOptions = object({
  /**
   * Issues and revokes real credentials.
   *
   * @defaultValue none: leases hold fake credentials, which work nowhere
   */
  issuer: optional(
    accepting<CredentialIssuer>(
      z
        .object({ check: method.optional(), issue: method, renew: method.optional(), revoke: method })
        .passthrough(),
    ),
  ),
  /**
   * How many leases a dynamic secret can have at once.
   *
   * @defaultValue 10,000
   */
  leaseLimit: optional(wholeNumber),
});

/** The options for dynamic secrets. */
export interface DynamicSecretsOptions extends ObjectOf<typeof dynamicSecretsOptions.fields> {}

const logLimit = object({
  /** How many requests are kept. */
  limit: wholeNumber,
});

const testServerOptions = object({
  /**
   * The projects.
   *
   * @defaultValue `example-project` with the environments `dev`, `staging` and `prod`
   */
  projects: optional(list<ProjectSeed>(projectSeed, { atLeast: 1 })),
  /**
   * The machine identities.
   *
   * @defaultValue one administrator of every project, with Universal Auth
   */
  identities: optional(list<IdentitySeed>(identitySeed)),
  /**
   * How the server's clock starts and whether it runs by itself.
   *
   * @defaultValue the clock runs with real time
   */
  clock: optional<TestClockOptions>(clockOptions),
  /**
   * Whether requests are kept in `server.requests`, and how many: beyond `limit` the oldest are dropped.
   *
   * @defaultValue the last 10,000
   */
  log: optional<boolean | ObjectOf<typeof logLimit.fields>>(z.union([schemaOf(boolean), schemaOf(logLimit)])),
  /**
   * Rules for the names of secrets that API calls write.
   *
   * @defaultValue every name is valid
   */
  secretValidationRules: optional(list<SecretValidationRuleSeed>(secretValidationRuleSeed)),
  /**
   * Whether logins can make the server send requests to private addresses: for a discovery document, a JWKS, a trust
   * bundle or a token review. Otherwise they are answered with 400 `Local IPs not allowed as URL`.
   *
   * @defaultValue true, as on a self-hosted server with `ALLOW_INTERNAL_IP_CONNECTIONS`
   */
  allowInternalIpConnections: optional(boolean),
  /**
   * The header in which a proxy passes on the client's certificate, for logins by TLS Certificate Auth.
   *
   * @defaultValue "x-identity-tls-cert-auth-client-cert"
   */
  clientCertificateHeader: optional(name),
  /**
   * How dynamic secrets get their credentials, and how many leases they can have.
   *
   * @defaultValue fake credentials, and up to 10,000 leases of each dynamic secret
   */
  dynamicSecrets: optional<DynamicSecretsOptions>(dynamicSecretsOptions),
  /**
   * Grants the event stream, as an Enterprise license does, and tells which servers it is like: `"current"` or `"older"`
   * ones, whose heartbeat is a bare `1`.
   *
   * @defaultValue the stream is refused with 400 `Failed to use event subscriptions due to plan restriction`
   */
  eventStream: optional<"current" | "older">(oneOf("current", "older")),
  /**
   * How many requests each address can send in a minute: limits of one's own, or those of Infisical Cloud
   * (`"cloud-free"`, `"cloud-pro"`) or of an older server (`"older"`).
   *
   * @defaultValue no limits, as on a self-hosted server
   */
  rateLimits: optional<RateLimitPreset | RateLimits>(rateLimitsOption),
  /**
   * Called after each request, with its status if it got a response.
   *
   * @defaultValue none
   */
  onRequest: optional(accepting<(request: LoggedRequest) => void>(method)),
});

/**
 * The options of a test server. By default it has one project and one admin identity.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   log: { limit: 100 },
 *   onRequest: ({ method, path }) => console.log(method, path),
 *   secretValidationRules: [{ name: "capitals", environment: "prod", keyPattern: "^[A-Z_]+$" }],
 *   allowInternalIpConnections: false,
 *   clientCertificateHeader: "x-client-cert",
 * });
 */
export interface TestServerOptions extends ObjectOf<typeof testServerOptions.fields> {}

/**
 * Checks options and returns them unchanged.
 *
 * @throws TypeError that names the path of every wrong field.
 */
export function parseOptions(options: TestServerOptions): TestServerOptions {
  let issues = issuesOf(testServerOptions, options);
  if (issues.length === 0) issues = checkReferences(options);
  if (issues.length > 0) throw new TypeError(described(issues));
  return options;
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}
