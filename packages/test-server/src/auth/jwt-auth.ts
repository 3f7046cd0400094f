import { forbidden, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { JwtAuth } from "./identities.ts";
import { type Claims, decodeToken, TokenFlaw, verifyToken } from "./json-web-token.ts";
import { matchesPattern, registerLogin, requireMethod, tokenBody } from "./login.ts";

/** The login of machine identities with a JWT signed by a trusted issuer. */
export function registerJwtAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "jwt-auth",
    body: tokenBody,
    prove: async (body) => {
      const proven = requireMethod(state, body.identityId, {
        name: "JWT auth",
        method: ({ jwtAuth }) => jwtAuth,
      });
      checkClaims(await verified(body.jwt, proven.method, state.clock.now()), proven.method);
      return proven;
    },
  });
}

/** The claims of a JWT that one of the keys has signed. */
async function verified(jwt: string, { publicKeys }: JwtAuth, now: number): Promise<Claims> {
  if (!decodeToken(jwt)) throw unauthorized("Invalid JWT");
  const flaws: string[] = [];
  for (const key of publicKeys) {
    try {
      return await verifyToken(jwt, key, now);
    } catch (error) {
      if (!(error instanceof TokenFlaw)) throw error;
      flaws.push(error.message);
    }
  }
  throw unauthorized(`Access denied: JWT verification failed with all keys. Errors - ${flaws.join("; ")}`);
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
    if (!matches(sub, boundSubject)) throw forbidden("Access denied: subject not allowed");
  }
  if (boundAudiences.length > 0) {
    if (!aud) throw unauthorized("Access denied: token has no audience field");
    if (!boundAudiences.some((audience) => matches(aud, audience))) {
      throw unauthorized("Access denied: token audience not allowed");
    }
  }
  for (const [claim, wanted] of Object.entries(boundClaims)) {
    const value = atPath(claims, claim);
    if (!value) throw unauthorized(`Access denied: token has no ${claim} field`);
    if (!wanted.split(",").some((allowed) => matches(value, allowed.trim()))) {
      throw unauthorized(`Access denied: claim mismatch for field ${claim}`);
    }
  }
}

/** Whether a value, or any of a list, matches a pattern. */
function matches(value: unknown, pattern: string): boolean {
  if (Array.isArray(value)) return value.some((entry) => matches(entry, pattern));
  return matchesPattern(String(value), pattern);
}

/** The value at a path such as `a.b.c`. */
function atPath(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path
    .split(".")
    .reduce<unknown>(
      (at, name) => (typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined),
      claims,
    );
}
