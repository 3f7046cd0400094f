import { z } from "zod";
import { notFound, unauthorized } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import { checkClaims } from "../jwt-auth/check-claims.ts";
import { decodeJwt, verificationError } from "../jwt-auth/verify-jwt.ts";
import { requireOrganization } from "./organization.ts";
import { slug, trimmed } from "./schemas.ts";

const loginBody = z.object({
  identityId: trimmed,
  jwt: trimmed,
  organizationSlug: slug(1, 32).optional(),
});

/** The login of machine identities with a JWT signed by a trusted issuer. */
export function registerJwtAuth(routes: Routes): void {
  const { state } = routes;
  routes.public("POST", "/api/v1/auth/jwt-auth/login", (request) => {
    const { identityId, jwt, organizationSlug } = validate(loginBody, request.body());
    const identity = state.identities.byId(identityId);
    const method = identity?.jwtAuth;
    if (!identity || !method) {
      throw notFound("JWT auth method not found for identity, did you configure JWT auth?");
    }
    const claims = decodeJwt(jwt);
    if (!claims) throw unauthorized("Invalid JWT");
    const now = state.clock.now() / 1000;
    const flaws = method.publicKeys.map((key) => verificationError(jwt, key, now));
    if (!flaws.includes(undefined)) {
      throw unauthorized(
        `Access denied: JWT verification failed with all keys. Errors - ${flaws.join("; ")}`,
      );
    }
    checkClaims(claims, method);
    requireOrganization(state, organizationSlug);
    return state.accessTokens.login(identity, {
      ...method,
      authMethod: "jwt-auth",
      clientSecretId: undefined,
    });
  });
}
