import { list, name, type ObjectOf, object, optional } from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";
import { keySet } from "./key-set-seed.ts";

export const azureAuthSeed = object({
  ...accessTokenSeed.fields,
  /** The id of the tenant that issues the tokens. */
  tenantId: name,
  /**
   * The resource for which a token must be, its `aud`.
   *
   * @defaultValue "https://management.azure.com/"
   */
  resource: optional(name),
  /**
   * The allowed object ids of service principals and managed identities.
   *
   * @defaultValue any
   */
  allowedServicePrincipalIds: optional(list(name, { atLeast: 1 })),
  /**
   * The keys of the tenant.
   *
   * @defaultValue those of the server's own issuer
   */
  jwks: keySet,
});

/**
 * Azure Auth of a seeded identity: the tenant with its keys, and the service principals that can log in.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       azureAuth: {
 *         tenantId: "6c5f1d0e-3f6a-4b0d-9a53-0c8d4a0f7b21",
 *         resource: "https://management.azure.com/",
 *         allowedServicePrincipalIds: ["0d4a6f6e-9d2c-4a0a-8a2b-5a7d3c1e9f10"],
 *         jwks: { keys: [] },
 *       },
 *     },
 *   ],
 * });
 */
export interface AzureAuthSeed extends ObjectOf<typeof azureAuthSeed.fields> {}
