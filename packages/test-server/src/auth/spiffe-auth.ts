import type { JSONWebKeySet } from "jose";
import { badRequest, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { ServerState } from "../api/server-state.ts";
import { loadJose } from "../engine/jose.ts";
import { matchesGlob } from "./claims.ts";
import type { SpiffeAuth } from "./identities.ts";
import type { Claims } from "./json-web-token.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";
import { fetchText, OutgoingError, refuseInternal } from "./outgoing.ts";

/** The algorithms of a JWT-SVID. */
const algorithms = ["RS", "PS", "ES"].flatMap((family) => [`${family}256`, `${family}384`, `${family}512`]);

/** How long a trust bundle is used by default, in seconds. */
const defaultRefreshHint = 3600;

/** The login of machine identities with a JWT-SVID of SPIFFE. */
export function registerSpiffeAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "spiffe-auth",
    body: tokenBody,
    prove: async ({ identityId, jwt }) => {
      const proven = requireMethod(state, identityId, {
        name: "SPIFFE auth",
        method: ({ spiffeAuth }) => spiffeAuth,
      });
      const bundle = JSON.parse(await trustBundle(state, proven.method));
      const { sub } = await verified(jwt, bundle, proven.method, state.clock.now());
      if (!isAllowed(sub, proven.method)) throw unauthorized("Access denied");
      return proven;
    },
  });
}

/**
 * The keys of the trust domain. Those of an address are used until the refresh hint is over, even for a token that names
 * an unknown key: the real server means to fetch them again, but does not recognize its own error.
 */
async function trustBundle(state: ServerState, method: SpiffeAuth): Promise<string> {
  if (method.jwks) return JSON.stringify(method.jwks);
  const { refreshHintSeconds, cachedBundle } = method;
  const now = state.clock.now();
  const life = (refreshHintSeconds || defaultRefreshHint) * 1000;
  if (cachedBundle && now - cachedBundle.refreshedAt < life) return cachedBundle.text;
  const text = await currentBundle(state, method);
  method.cachedBundle = { text, refreshedAt: now };
  return text;
}

async function currentBundle(state: ServerState, { bundleEndpointUrl }: SpiffeAuth): Promise<string> {
  if (bundleEndpointUrl === undefined) return JSON.stringify(await state.tokenIssuer.jwks());
  refuseInternal(state, bundleEndpointUrl);
  try {
    return await fetchText(state, bundleEndpointUrl);
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    throw badRequest(`Failed to fetch SPIFFE trust bundle from remote endpoint: ${error.message}`);
  }
}

async function verified(
  jwt: string,
  bundle: JSONWebKeySet,
  { allowedAudiences }: SpiffeAuth,
  now: number,
): Promise<Claims> {
  const { createLocalJWKSet, errors, jwtVerify } = await loadJose();
  const keys = createLocalJWKSet(bundle);
  const options = { audience: [...allowedAudiences], algorithms, currentDate: new Date(now) };
  try {
    return (await jwtVerify(jwt, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthorized("JWT-SVID has expired");
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw unauthorized("JWT-SVID signature verification failed");
    }
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw unauthorized("JWT-SVID audience validation failed");
    }
    throw unauthorized("JWT-SVID verification failed");
  }
}

/** Whether a subject is a SPIFFE ID of the trust domain that matches one of the allowed ones. */
function isAllowed(subject: unknown, { trustDomain, allowedSpiffeIds }: SpiffeAuth): boolean {
  if (typeof subject !== "string") return false;
  const [, domain] = /^spiffe:\/\/([^/]+)(?:\/.*)?/.exec(subject) ?? [];
  return domain === trustDomain && allowedSpiffeIds.some((pattern) => matchesGlob(subject, pattern));
}
