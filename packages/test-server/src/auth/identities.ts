import type { ServerState } from "../api/server-state.ts";
import type { UsedNonces } from "../clouds/alicloud-signature.ts";
import type { AccessTokenSeed } from "../seed/access-token-seed.ts";
import type { AlicloudAuthSeed } from "../seed/alicloud-seed.ts";
import type { AzureAuthSeed } from "../seed/azure-seed.ts";
import type { JwtAuthSeed, OidcAuthSeed } from "../seed/bound-token-seed.ts";
import type { GcpAuthSeed } from "../seed/gcp-seed.ts";
import type {
  AwsAuthSeed,
  AwsCredentialSeed,
  IdentitySeed,
  UniversalAuthSeed,
} from "../seed/identity-seed.ts";
import type { KubernetesAuthSeed } from "../seed/kubernetes-seed.ts";
import type { LdapAuthSeed } from "../seed/ldap-seed.ts";
import type { OciAuthSeed, OciUserSeed } from "../seed/oci-seed.ts";
import type { SpiffeAuthSeed } from "../seed/spiffe-seed.ts";
import type { TlsCertAuthSeed } from "../seed/tls-cert-seed.ts";
import { Lockout } from "./lockout.ts";

/** Lifetimes of the access tokens of an auth method, in seconds. */
export type TokenLifetimes = Readonly<Record<keyof AccessTokenSeed, number>>;

export interface UniversalAuth extends TokenLifetimes {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientSecretId: string;
  readonly lockout: Lockout;
}

export type AwsAuth = Omit<AwsAuthSeed, keyof AccessTokenSeed> & TokenLifetimes;

export type JwtAuth = Omit<JwtAuthSeed, keyof AccessTokenSeed> & TokenLifetimes;

export type OidcAuth = Omit<OidcAuthSeed, keyof AccessTokenSeed> & TokenLifetimes;

export type KubernetesAuth = Omit<KubernetesAuthSeed, keyof AccessTokenSeed | "kubernetesHost" | "reviews"> &
  TokenLifetimes & { readonly kubernetesHost: string };

export type SpiffeAuth = Omit<SpiffeAuthSeed, keyof AccessTokenSeed> &
  TokenLifetimes & {
    /** The fetched trust bundle, and when it was fetched, in milliseconds since 1970. */
    cachedBundle?: { readonly text: string; readonly refreshedAt: number };
  };

export type GcpAuth = Omit<GcpAuthSeed, keyof AccessTokenSeed> & TokenLifetimes;

export type AzureAuth = Omit<AzureAuthSeed, keyof AccessTokenSeed> & TokenLifetimes;

export type LdapAuth = Omit<LdapAuthSeed, keyof AccessTokenSeed> &
  TokenLifetimes & {
    /** Lockouts by user name. */
    readonly lockouts: Map<string, Lockout>;
  };

export type OciAuth = Omit<OciAuthSeed, keyof AccessTokenSeed | "users"> &
  TokenLifetimes & {
    /** By OCID. */
    readonly users: Readonly<Record<string, OciUserSeed & { readonly tenancyOcid: string }>>;
  };

export type AlicloudAuth = Omit<AlicloudAuthSeed, keyof AccessTokenSeed> &
  TokenLifetimes & { readonly nonces: UsedNonces };
export type TlsCertAuth = Omit<TlsCertAuthSeed, keyof AccessTokenSeed> & TokenLifetimes;

/** Actions with a subject, with the names that the server's messages give them. */
export interface Privilege {
  readonly subject: string;
  readonly actions: readonly string[];
}

export interface Identity {
  readonly id: string;
  readonly name: string;
  /** Whether it stands for a user. */
  readonly isUser: boolean;
  /** Whether only its auth methods are left. */
  readonly isDeleted: boolean;
  readonly organizationRole: NonNullable<IdentitySeed["organizationRole"]>;
  /** What it is allowed besides what its project roles allow. */
  readonly privileges: readonly Privilege[];
  readonly universalAuth: UniversalAuth | undefined;
  readonly awsAuth: AwsAuth | undefined;
  readonly jwtAuth: JwtAuth | undefined;
  readonly oidcAuth: OidcAuth | undefined;
  readonly kubernetesAuth: KubernetesAuth | undefined;
  readonly spiffeAuth: SpiffeAuth | undefined;
  readonly gcpAuth: GcpAuth | undefined;
  readonly azureAuth: AzureAuth | undefined;
  readonly ldapAuth: LdapAuth | undefined;
  readonly ociAuth: OciAuth | undefined;
  readonly alicloudAuth: AlicloudAuth | undefined;
  readonly tlsCertAuth: TlsCertAuth | undefined;
  readonly tokenAuth: TokenLifetimes | undefined;
}

/** The machine identities of the organization. */
export class Identities {
  readonly #byId = new Map<string, Identity>();

  add(identity: Identity): void {
    this.#byId.set(identity.id, identity);
  }

  all(): Identity[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Identity | undefined {
    return this.#byId.get(id);
  }

  /** The access keys of the simulated AWS, which all identities share. */
  awsCredentials(): AwsCredentialSeed[] {
    return this.all().flatMap(({ awsAuth }) => awsAuth?.credentials ?? []);
  }
}

/** The default lifetime of an auth method: 30 days, in seconds. */
const thirtyDays = 2_592_000;

/** Adds a seeded identity and makes it a member of its projects. */
export function addIdentity(state: ServerState, seed: IdentitySeed): void {
  const id = seed.id ?? state.identifiers.uuid();
  state.identities.add({
    id,
    name: seed.name,
    isUser: seed.isUser ?? false,
    isDeleted: seed.isDeleted ?? false,
    organizationRole: seed.organizationRole ?? "member",
    privileges: seed.additionalPrivileges ?? [],
    universalAuth: seed.universalAuth && universalAuth(state, seed.universalAuth),
    awsAuth: seed.awsAuth && awsAuth(seed.awsAuth),
    jwtAuth: seed.jwtAuth && { ...seed.jwtAuth, ...lifetimes(seed.jwtAuth) },
    oidcAuth: seed.oidcAuth && { ...seed.oidcAuth, ...lifetimes(seed.oidcAuth) },
    kubernetesAuth: seed.kubernetesAuth && kubernetesAuth(state, seed.kubernetesAuth),
    spiffeAuth: seed.spiffeAuth && { ...seed.spiffeAuth, ...lifetimes(seed.spiffeAuth) },
    gcpAuth: seed.gcpAuth && { ...seed.gcpAuth, ...lifetimes(seed.gcpAuth) },
    azureAuth: seed.azureAuth && { ...seed.azureAuth, ...lifetimes(seed.azureAuth) },
    ldapAuth: seed.ldapAuth && { ...seed.ldapAuth, ...lifetimes(seed.ldapAuth), lockouts: new Map() },
    ociAuth: seed.ociAuth && ociAuth(seed.ociAuth),
    alicloudAuth: seed.alicloudAuth && {
      ...seed.alicloudAuth,
      ...lifetimes(seed.alicloudAuth),
      nonces: new Map(),
    },
    tlsCertAuth: seed.tlsCertAuth && { ...seed.tlsCertAuth, ...lifetimes(seed.tlsCertAuth) },
    tokenAuth: seed.tokenAuth && lifetimes(seed.tokenAuth),
  });
  for (const [slug, role] of Object.entries(seed.projectRoles ?? {})) {
    state.projects.bySlug(slug)?.roles.set(id, role);
  }
}

/** The lifetimes of tokens, where they are not set those of the server. */
export function lifetimes({
  accessTokenTTL = thirtyDays,
  accessTokenMaxTTL = thirtyDays,
  accessTokenPeriod = 0,
  accessTokenNumUsesLimit = 0,
}: AccessTokenSeed): TokenLifetimes {
  return { accessTokenTTL, accessTokenMaxTTL, accessTokenPeriod, accessTokenNumUsesLimit };
}

function universalAuth({ identifiers }: ServerState, seed: UniversalAuthSeed): UniversalAuth {
  return {
    clientId: seed.clientId ?? identifiers.uuid(),
    clientSecret: seed.clientSecret ?? identifiers.hex(64),
    clientSecretId: identifiers.uuid(),
    ...lifetimes(seed),
    lockout: new Lockout(seed.lockout ?? true),
  };
}

function awsAuth({ credentials = [], ...seed }: AwsAuthSeed): AwsAuth {
  // Every credential gets all of its fields, so that none is read from `Object.prototype`.
  const complete = credentials.map((one) => ({ sessionToken: undefined, expiration: undefined, ...one }));
  return { ...seed, ...lifetimes(seed), credentials: complete };
}

function ociAuth(seed: OciAuthSeed): OciAuth {
  const users = Object.entries(seed.users).map(([ocid, user]) => {
    return [ocid, { ...user, tenancyOcid: user.tenancyOcid ?? seed.tenancyOcid }] as const;
  });
  return { ...seed, ...lifetimes(seed), users: Object.fromEntries(users) };
}

function kubernetesAuth(
  { cluster }: ServerState,
  { reviews = {}, kubernetesHost = "https://kubernetes.test:6443", ...seed }: KubernetesAuthSeed,
): KubernetesAuth {
  cluster.addReviews(reviews);
  return { ...seed, ...lifetimes(seed), kubernetesHost };
}
