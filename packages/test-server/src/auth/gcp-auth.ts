import { unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { ServerState } from "../api/server-state.ts";
import { loadJose } from "../engine/jose.ts";
import type { GcpAuth } from "./identities.ts";
import { requireDecoded, TokenFlaw, verifyToken } from "./json-web-token.ts";
import { keyOf, type PublicJwk, signingKeys } from "./key-sets.ts";
import { registerLogin, requireMethod, untrimmedTokenBody } from "./login.ts";

/** How far the clock of the machine that gets an ID token can differ from the server's, in seconds. */
const longestSkew = 300;
/** How far ahead the end of an ID token can be, in seconds. */
const longestLifetime = 86_400;

const accountPattern = /^[a-z0-9-]+@[a-z0-9-]+\.iam\.gserviceaccount\.com$/;

/** Who has proven itself. */
interface Account {
  readonly email: unknown;
  /** The virtual machine that an ID token names. */
  readonly machine?: { readonly project_id?: unknown; readonly zone?: unknown } | undefined;
}

/** The login of machine identities as a service account of Google Cloud. */
export function registerGcpAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "gcp-auth",
    body: untrimmedTokenBody,
    prove: async ({ identityId, jwt }) => {
      const proven = requireMethod(state, identityId, {
        name: "GCP auth",
        method: ({ gcpAuth }) => gcpAuth,
      });
      const prove = proven.method.type === "gce" ? idTokenAccount : signingAccount;
      checkAccount(await prove(state, jwt, identityId, proven.method), proven.method);
      return proven;
    },
  });
}

/** The account of an ID token. The real server catches no error of Google's library, so that each results in a bare 500. */
async function idTokenAccount(
  { tokenIssuer, clock }: ServerState,
  jwt: string,
  identityId: string,
  { jwks }: GcpAuth,
): Promise<Account> {
  const { alg, kid, claims } = requireDecoded(jwt);
  const key = keyOf(signingKeys(jwks ?? (await tokenIssuer.jwks())), kid);
  const { compactVerify, importJWK } = await loadJose();
  await compactVerify(jwt, await importJWK({ kty: "", ...key }, String(alg)));
  const { iat, exp, iss, aud, email, google } = claims;
  const now = clock.now() / 1000;
  const isCurrent =
    now >= Number(iat) - longestSkew &&
    now <= Number(exp) + longestSkew &&
    Number(exp) < now + longestLifetime;
  if (!isCurrent) throw new Error("The ID token has expired, or is not valid yet");
  if (iss !== "https://accounts.google.com" || aud !== identityId) {
    throw new Error("The ID token is of another issuer, or for another audience");
  }
  if (!email) throw unauthorized("You are not allowed to access this resource");
  return { email, machine: Object(google)["compute_engine"] };
}

/** The account that has signed a JWT. */
async function signingAccount(
  state: ServerState,
  jwt: string,
  identityId: string,
  method: GcpAuth,
): Promise<Account> {
  const { kid, claims } = requireDecoded(jwt);
  const { sub, aud } = claims;
  if (typeof sub !== "string" || !accountPattern.test(sub)) {
    throw unauthorized("Invalid service account identifier");
  }
  const key = await accountKey(state, method, sub, kid);
  if (!key) throw new TokenFlaw("secret or public key must be provided");
  await verifyToken(jwt, key, { now: state.clock.now(), algorithms: ["RS256"] });
  if (aud !== identityId) throw unauthorized("Invalid audience in GCP IAM Token");
  return { email: sub };
}

/** The key of an account that a JWT names; `undefined` if there is none. */
async function accountKey(
  { tokenIssuer }: ServerState,
  { jwks, serviceAccountKeys }: GcpAuth,
  email: string,
  keyId: unknown,
): Promise<PublicJwk | string | undefined> {
  const keys = serviceAccountKeys ? serviceAccountKeys[email] : (jwks ?? (await tokenIssuer.jwks()));
  if (!keys) throw new Error("Google knows no such service account");
  const listed: unknown = keys["keys"];
  if (Array.isArray(listed)) return listed.find(({ kid }) => kid === keyId);
  return Object.entries(keys).find(([kid]) => kid === keyId)?.[1];
}

/** Throws unless the identity's configuration allows the account, checked in the server's order. */
function checkAccount(
  { email, machine }: Account,
  { allowedServiceAccounts, allowedProjects, allowedZones }: GcpAuth,
): void {
  const isRefused = (allowed: readonly unknown[] | undefined, value: unknown): boolean =>
    allowed !== undefined && !allowed.includes(value);
  if (isRefused(allowedServiceAccounts, email)) {
    throw unauthorized("Access denied: GCP service account not allowed.");
  }
  // A token that names no machine, such as one of Cloud Run, passes.
  if (!machine) return;
  if (isRefused(allowedProjects, machine.project_id)) {
    throw unauthorized("Access denied: GCP project not allowed.");
  }
  if (isRefused(allowedZones, machine.zone)) throw unauthorized("Access denied: GCP zone not allowed.");
}
