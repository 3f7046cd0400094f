import { decodeToken } from "../auth/json-web-token.ts";
import type { TokenClaims } from "./token-issuer.ts";
import type { Issue } from "./token-platform.ts";

/** The tenant of the simulated Azure by default. */
export const defaultTenantId = "8ab2f6e0-4c1d-4d5e-9f27-5b1c0e6a7d31";

/** Who a token of Azure is for. */
export interface Principal {
  /** The id of its application. */
  readonly clientId: string;
  /** Its object id, which `allowedServicePrincipalIds` names. */
  readonly objectId: string;
}

/** The managed identity or application of the simulated Azure by default. */
export const defaultPrincipal: Principal = {
  clientId: "5e2d1a7c-90b4-4f3a-8c66-1f0d2b9e4a58",
  objectId: "c3f7a9d2-6b18-4e05-a1d4-7e92f0b85c63",
};

/** An access token, and when it starts and ends, in seconds since 1970. */
interface AzureToken {
  readonly accessToken: string;
  readonly notBefore: number;
  readonly expiresOn: number;
}

/** The claims of an access token in its version 1. */
function claimsOf(tenantId: string, { clientId, objectId }: Principal, resource: string): TokenClaims {
  return {
    iss: `https://sts.windows.net/${tenantId}/`,
    aud: resource,
    appid: clientId,
    idtyp: "app",
    oid: objectId,
    sub: objectId,
    tid: tenantId,
    ver: "1.0",
  };
}

/** Issues an access token for a resource. */
export async function issueAzureToken(
  issue: Issue,
  tenantId: string,
  principal: Principal,
  resource: string,
): Promise<AzureToken> {
  const accessToken = await issue(claimsOf(tenantId, principal, resource));
  const { nbf, exp } = decodeToken(accessToken)?.claims ?? {};
  return { accessToken, notBefore: Number(nbf), expiresOn: Number(exp) };
}
