import { forbidden, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { ServerState } from "../api/server-state.ts";
import { claimAt, matchesAny, matchesPolicy } from "./claims.ts";
import type { OidcAuth } from "./identities.ts";
import { type Claims, decodeToken, TokenFlaw, verifyToken } from "./json-web-token.ts";
import { fetchKeys, KeyNotFoundError, keyOf, type PublicJwk, signingKeys } from "./key-sets.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";
import { fetchText, refuseInternal } from "./outgoing.ts";

/** The most keys that are tried for a token that does not name its own. */
const mostTried = 10;

/** The login of machine identities with a token of an OpenID Connect issuer. */
export function registerOidcAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "oidc-auth",
    body: tokenBody,
    prove: async ({ identityId, jwt }) => {
      const proven = requireMethod(state, identityId, {
        name: "OIDC auth",
        method: ({ oidcAuth }) => oidcAuth,
      });
      const bound = proven.method;
      const issuer = await discover(state, bound);
      const claims = await verified(jwt, issuer, state.clock.now());
      checkClaims(claims, bound);
      return { ...proven, identityAuth: { oidc: { claims: mappedClaims(claims, bound) } } };
    },
  });
}

/** What a discovery document leads to. */
interface Issuer {
  readonly name: string;
  readonly keys: () => Promise<PublicJwk[]>;
}

async function discover(state: ServerState, { oidcDiscoveryUrl, boundIssuer }: OidcAuth): Promise<Issuer> {
  const { tokenIssuer } = state;
  if (oidcDiscoveryUrl === undefined || oidcDiscoveryUrl === tokenIssuer.issuer) {
    return {
      name: boundIssuer ?? tokenIssuer.issuer,
      keys: async () => signingKeys(await tokenIssuer.jwks()),
    };
  }
  refuseInternal(state, oidcDiscoveryUrl);
  const { issuer, jwks_uri: jwksUri } = await fetchDiscovery(state, oidcDiscoveryUrl);
  if (!jwksUri) {
    throw unauthorized(
      "Access denied: OIDC discovery document does not contain a jwks_uri. The identity provider may be misconfigured.",
    );
  }
  refuseInternal(state, String(jwksUri));
  return {
    name: boundIssuer ?? String(issuer ?? oidcDiscoveryUrl),
    keys: () => fetchKeys(state, String(jwksUri)),
  };
}

async function fetchDiscovery(state: ServerState, url: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await fetchText(state, `${url}/.well-known/openid-configuration`);
  } catch (error) {
    throw unauthorized(
      `Access denied: Failed to fetch OIDC discovery document from ${url}. ${messageOf(error)}`,
    );
  }
  try {
    return Object(JSON.parse(text));
  } catch {
    // The real server's client takes a body that is not JSON as text, which has no such field.
    return {};
  }
}

/** The claims of a token that a key of the issuer has signed. */
async function verified(jwt: string, issuer: Issuer, now: number): Promise<Claims> {
  const decoded = decodeToken(jwt);
  if (!decoded) throw unauthorized("Invalid JWT");
  const { kid } = decoded;
  return kid ? verifiedByNamedKey(jwt, kid, issuer, now) : verifiedByAnyKey(jwt, issuer, now);
}

async function verifiedByNamedKey(jwt: string, kid: unknown, issuer: Issuer, now: number): Promise<Claims> {
  let key: PublicJwk;
  try {
    key = keyOf(await issuer.keys(), kid);
  } catch (error) {
    throw unauthorized(
      error instanceof KeyNotFoundError
        ? `Access denied: Unable to verify JWT signature. The signing key '${kid}' was not found in the OIDC provider's JWKS endpoint. This may indicate an invalid token or misconfigured OIDC provider.`
        : `Access denied: Failed to retrieve signing key from OIDC provider: ${messageOf(error)}`,
    );
  }
  try {
    return await verifyToken(jwt, key, { now, issuer: issuer.name });
  } catch (error) {
    throw error instanceof TokenFlaw ? unauthorized(`Access denied: ${error.message}`) : error;
  }
}

async function verifiedByAnyKey(jwt: string, issuer: Issuer, now: number): Promise<Claims> {
  const keys = await issuer.keys().catch((error) => {
    const reason = messageOf(error);
    throw unauthorized(`Access denied: Failed to retrieve signing keys from OIDC provider: ${reason}`);
  });
  if (keys.length > mostTried) {
    throw unauthorized(
      `Access denied: OIDC provider has ${keys.length} signing keys. Tokens must include 'kid' header when provider has more than ${mostTried} keys.`,
    );
  }
  let flaw = "Invalid token";
  for (const key of keys) {
    try {
      return await verifyToken(jwt, key, { now, issuer: issuer.name });
    } catch (error) {
      if (!(error instanceof TokenFlaw)) throw error;
      flaw = error.message;
    }
  }
  throw unauthorized(`Access denied: Unable to verify JWT signature with any available signing key. ${flaw}`);
}

/** Throws unless the claims meet the identity's configuration, checked in the server's order. */
function checkClaims(
  claims: Claims,
  { boundSubject, boundAudiences = [], boundClaims = {} }: OidcAuth,
): void {
  const { sub, aud } = claims;
  if (boundSubject !== undefined && !matchesPolicy(sub, boundSubject)) {
    throw forbidden("Access denied: OIDC subject not allowed.");
  }
  if (boundAudiences.length > 0 && !boundAudiences.some((audience) => matchesPolicy(aud, audience))) {
    throw unauthorized("Access denied: OIDC audience not allowed.");
  }
  for (const [path, allowed] of Object.entries(boundClaims)) {
    if (!matchesAny(requiredClaim(claims, path), allowed)) {
      throw unauthorized("Access denied: OIDC claim not allowed.");
    }
  }
}

/** The claims that the access token receives, as texts. */
function mappedClaims(claims: Claims, { claimMetadataMapping = {} }: OidcAuth): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claimMetadataMapping).map(([name, path]) => [name, String(requiredClaim(claims, path))]),
  );
}

/** A claim. One that is false, 0 or empty counts as missing. */
function requiredClaim(claims: Claims, path: string): unknown {
  const value = claimAt(claims, path);
  if (!value) throw unauthorized(`Access denied: token has no ${path} field`);
  return value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
