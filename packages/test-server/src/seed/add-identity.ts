import { readPublicKey } from "../jwt-auth/verify-jwt.ts";
import type {
  AccessTokenSeed,
  AwsAuthSeed,
  IdentitySeed,
  JwtAuthSeed,
  UniversalAuthSeed,
} from "../options.ts";
import type { AwsAuth, JwtAuth, TokenLifetimes, UniversalAuth } from "../state/entities.ts";
import type { ServerState } from "../state/server-state.ts";

/** The default lifetime of an auth method: 30 days, in seconds. */
const thirtyDays = 2_592_000;

/** Adds a seeded identity and makes it a member of its projects. */
export function addIdentity(state: ServerState, seed: IdentitySeed): void {
  const id = seed.id ?? state.identifiers.uuid();
  state.identities.add({
    id,
    name: seed.name,
    organizationRole: seed.organizationRole ?? "member",
    universalAuth: seed.universalAuth && universalAuth(state, seed.universalAuth),
    awsAuth: seed.awsAuth && awsAuth(seed.awsAuth),
    jwtAuth: seed.jwtAuth && jwtAuth(seed.jwtAuth),
  });
  for (const [slug, role] of Object.entries(seed.projectRoles ?? {})) {
    state.projects.bySlug(slug)?.roles.set(id, role);
  }
}

function lifetimes(seed: AccessTokenSeed): TokenLifetimes {
  return {
    accessTokenTTL: seed.accessTokenTTL ?? thirtyDays,
    accessTokenMaxTTL: seed.accessTokenMaxTTL ?? thirtyDays,
    accessTokenPeriod: seed.accessTokenPeriod ?? 0,
    accessTokenNumUsesLimit: seed.accessTokenNumUsesLimit ?? 0,
  };
}

function universalAuth({ identifiers }: ServerState, seed: UniversalAuthSeed): UniversalAuth {
  return {
    clientId: seed.clientId ?? identifiers.uuid(),
    clientSecret: seed.clientSecret ?? identifiers.hex(64),
    clientSecretId: identifiers.uuid(),
    ...lifetimes(seed),
    lockout: seed.lockout ?? true,
    failures: [],
    lockedUntil: 0,
  };
}

function awsAuth(seed: AwsAuthSeed): AwsAuth {
  return {
    allowedAccountIds: seed.allowedAccountIds ?? [],
    allowedPrincipalArns: seed.allowedPrincipalArns ?? [],
    credentials: (seed.credentials ?? []).map((credential) => ({
      ...credential,
      sessionToken: credential.sessionToken,
      expiration: credential.expiration,
    })),
    stsEndpoint: seed.stsEndpoint,
    ...lifetimes(seed),
  };
}

function jwtAuth(seed: JwtAuthSeed): JwtAuth {
  return {
    publicKeys: seed.publicKeys.flatMap((pem) => readPublicKey(pem) ?? []),
    boundIssuer: seed.boundIssuer,
    boundSubject: seed.boundSubject,
    boundAudiences: seed.boundAudiences ?? [],
    boundClaims: seed.boundClaims ?? {},
    ...lifetimes(seed),
  };
}
