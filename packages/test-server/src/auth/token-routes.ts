import { z } from "zod";
import { badRequest, notFound, permissionDenied } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed, validate } from "../api/schemas.ts";
import { decodeToken } from "./json-web-token.ts";
import { organizationSlug, requireOrganization } from "./login.ts";

const tokenBody = z.object({ accessToken: trimmed });
const creationBody = z.object({ name: z.string().optional(), organizationSlug });

/** Renewal and revocation of access tokens, which require no Authorization header, and tokens of Token Auth. */
export function registerTokens(routes: Routes): void {
  const { state } = routes;
  const { accessTokens } = state;

  routes.public("POST", "/api/v1/auth/token/renew", (request) =>
    accessTokens.renew(validate(tokenBody, request.body()).accessToken),
  );

  routes.public("POST", "/api/v1/auth/token/revoke", (request) => {
    accessTokens.revoke(validate(tokenBody, request.body()).accessToken);
    return { message: "Successfully revoked access token" };
  });

  routes.authenticated("POST", "/api/v1/auth/token-auth/identities/:identityId/tokens", (request) => {
    const { name = null, organizationSlug: wanted } = validate(creationBody, request.body());
    const identityId = request.parameter("identityId");
    const identity = state.identities.byId(identityId);
    if (!identity) throw notFound(`Failed to find identity with ID ${identityId}`);
    const { tokenAuth } = identity;
    if (!tokenAuth) throw badRequest("The identity does not have Token Auth");
    if (request.identity.organizationRole !== "admin") throw permissionDenied("edit", "identity");
    requireOrganization(state, wanted);
    const response = accessTokens.login(identity, { ...tokenAuth, authMethod: "token-auth" });
    const tokenData = {
      ...state.newEntity(),
      id: decodeToken(response.accessToken)?.claims["jti"],
      ...tokenAuth,
      accessTokenNumUses: 0,
      accessTokenLastUsedAt: null,
      accessTokenLastRenewedAt: null,
      isAccessTokenRevoked: false,
      identityUAClientSecretId: null,
      identityId,
      name,
      authMethod: "token-auth",
      subOrganizationId: null,
    };
    return { ...response, tokenData };
  });
}
