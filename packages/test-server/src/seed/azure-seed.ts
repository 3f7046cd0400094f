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

/** Azure Auth of a seeded identity: the tenant with its keys, and the service principals that can log in. */
export interface AzureAuthSeed extends ObjectOf<typeof azureAuthSeed.fields> {}
