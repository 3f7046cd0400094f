import { forbidden, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { ServerState } from "../api/server-state.ts";
import { claimAt, matchesAny, matchesPolicy } from "./claims.ts";
import type { JwtAuth } from "./identities.ts";
import { type Claims, decodeToken, TokenFlaw, verifyToken } from "./json-web-token.ts";
import { fetchKeys, keyOf, type PublicJwk, signingKeys } from "./key-sets.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";
import { refuseInternal } from "./outgoing.ts";

/** The login of machine identities with a JWT signed by a trusted issuer. */
export function registerJwtAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "jwt-auth",
    body: tokenBody,
    prove: async ({ identityId, jwt }) => {
      const proven = requireMethod(state, identityId, {
        name: "JWT auth",
        method: ({ jwtAuth }) => jwtAuth,
      });
      const decoded = decodeToken(jwt);
      if (!decoded) throw unauthorized("Invalid JWT");
      const { publicKeys } = proven.method;
      const claims = publicKeys
        ? await verifiedByAny(jwt, publicKeys, state.clock.now())
        : await verifiedBy(jwt, await namedKey(state, proven.method, decoded.kid), state.clock.now());
      checkClaims(claims, proven.method);
      return proven;
    },
  });
}

/** The claims of a JWT that one of the keys has signed. */
async function verifiedByAny(jwt: string, publicKeys: readonly string[], now: number): Promise<Claims> {
  const flaws: string[] = [];
  for (const key of publicKeys) {
    try {
      return await verifyToken(jwt, key, { now });
    } catch (error) {
      if (!(error instanceof TokenFlaw)) throw error;
      flaws.push(error.message);
    }
  }
  throw unauthorized(`Access denied: JWT verification failed with all keys. Errors - ${flaws.join("; ")}`);
}

/** The key that a JWT names. The real server catches no error of this, so that each results in a bare 500. */
async function namedKey(state: ServerState, { jwks, jwksUrl }: JwtAuth, keyId: unknown): Promise<PublicJwk> {
  if (jwks || jwksUrl === undefined)
    return keyOf(signingKeys(jwks ?? (await state.tokenIssuer.jwks())), keyId);
  refuseInternal(state, jwksUrl);
  return keyOf(await fetchKeys(state, jwksUrl), keyId);
}

async function verifiedBy(jwt: string, key: PublicJwk, now: number): Promise<Claims> {
  try {
    return await verifyToken(jwt, key, { now });
  } catch (error) {
    throw error instanceof TokenFlaw ? unauthorized(`Access denied: ${error.message}`) : error;
  }
}

/** Throws unless the claims meet the identity's configuration, checked in the server's order. */
function checkClaims(claims: Claims, bound: JwtAuth): void {
  const { iss, sub, aud } = claims;
  const { boundIssuer, boundSubject, boundAudiences = [], boundClaims = {} } = bound;
  if (boundIssuer !== undefined && iss !== boundIssuer) {
    throw forbidden("Access denied: issuer mismatch");
  }
  if (boundSubject !== undefined) {
    if (!sub) throw unauthorized("Access denied: token has no subject field");
    if (!matchesPolicy(sub, boundSubject)) throw forbidden("Access denied: subject not allowed");
  }
  if (boundAudiences.length > 0) {
    if (!aud) throw unauthorized("Access denied: token has no audience field");
    if (!boundAudiences.some((audience) => matchesPolicy(aud, audience))) {
      throw unauthorized("Access denied: token audience not allowed");
    }
  }
  for (const [path, allowed] of Object.entries(boundClaims)) {
    const value = claimAt(claims, path);
    if (!value) throw unauthorized(`Access denied: token has no ${path} field`);
    if (!matchesAny(value, allowed)) throw unauthorized(`Access denied: claim mismatch for field ${path}`);
  }
}
