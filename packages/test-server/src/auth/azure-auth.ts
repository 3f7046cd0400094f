import { unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { ServerState } from "../api/server-state.ts";
import type { AzureAuth } from "./identities.ts";
import { type Claims, requireDecoded, verifyToken } from "./json-web-token.ts";
import { registerLogin, requireMethod, untrimmedTokenBody } from "./login.ts";

/** The login of machine identities with an access token of Azure, in its version 1. */
export function registerAzureAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "azure-auth",
    body: untrimmedTokenBody,
    prove: async ({ identityId, jwt }) => {
      const proven = requireMethod(state, identityId, {
        name: "Azure Auth",
        method: ({ azureAuth }) => azureAuth,
      });
      const { tenantId, allowedServicePrincipalIds } = proven.method;
      const { tid, oid } = await verified(state, jwt, proven.method);
      if (tid !== tenantId) throw unauthorized("Tenant ID mismatch");
      if (allowedServicePrincipalIds && !allowedServicePrincipalIds.some((id) => id === oid)) {
        throw unauthorized(`Service principal '${oid}' not allowed`);
      }
      return proven;
    },
  });
}

/** The claims of a token that a key of the tenant has signed for the resource. */
async function verified(
  { tokenIssuer, clock }: ServerState,
  jwt: string,
  { tenantId, resource = "https://management.azure.com/", jwks }: AzureAuth,
): Promise<Claims> {
  const { kid, claims } = requireDecoded(jwt);
  const { keys } = jwks ?? (await tokenIssuer.jwks());
  const key = keys.find((one) => one["kid"] === kid);
  if (!key) throw unauthorized("Invalid signing key");
  const { aud } = claims;
  if (typeof aud !== "string") throw new TypeError("The audience of the token is not a text");
  // Azure issues a token for the resource as it was asked for, which may be without the slash.
  const audience = aud.endsWith("/") ? resource : resource.replace(/\/$/, "");
  return verifyToken(jwt, key, {
    now: clock.now(),
    audience,
    issuer: `https://sts.windows.net/${tenantId}/`,
  });
}
