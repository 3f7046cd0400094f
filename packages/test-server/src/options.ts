import type { TestClockOptions } from "./clock.js";
import type { CredentialIssuer } from "./dynamic-secrets/credential-issuer.js";
import type { LoggedRequest } from "./request-log.js";

/** What a test server starts with. Everything has a default: one project, one admin identity. */
export interface TestServerOptions {
  /** The projects. Default: `example-project` with the environments `dev`, `staging` and `prod`. */
  readonly projects?: readonly ProjectSeed[] | undefined;
  /** The machine identities. Default: one administrator of every project, with Universal Auth. */
  readonly identities?: readonly IdentitySeed[] | undefined;
  /** How the server's clock starts and whether it runs by itself. Default: it runs with real time. */
  readonly clock?: TestClockOptions | undefined;
  /**
   * Whether requests are kept in `server.requests`, and how many: beyond `limit` the oldest are dropped.
   * Default: the last 10,000.
   */
  readonly log?:
    | boolean
    | {
        /** How many requests are kept. */
        readonly limit: number;
      }
    | undefined;
  /** What names of secrets must look like where API calls write them. Default: anything goes. */
  readonly secretValidationRules?: readonly SecretValidationRuleSeed[] | undefined;
  /** Who issues the credentials of dynamic secrets, and how many leases there may be. Default: made up, 10,000. */
  readonly dynamicSecrets?: DynamicSecretsOptions | undefined;
  /** Called after each request, with its status where it got an answer. Default: nobody is told. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/** A rule for the names of secrets; writes that break it are answered with 400 `Secret validation failed:`. */
export interface SecretValidationRuleSeed {
  /** Its name, which the answer quotes. */
  readonly name: string;
  /** Slug of the environment for which it holds. Default: all of them. */
  readonly environment?: string | undefined;
  /** What is found in every valid name; `^` and `$` make it the whole name. */
  readonly keyPattern: string | RegExp;
}

/** How a server deals with dynamic secrets. */
export interface DynamicSecretsOptions {
  /** Issues and revokes real credentials. Default: they are made up and work nowhere. */
  readonly issuer?: CredentialIssuer | undefined;
  /** How many leases a dynamic secret can have at once. Default: 10,000. */
  readonly leaseLimit?: number | undefined;
}

/** A project that is there from the start. */
export interface ProjectSeed {
  /** Its name, as people see it. */
  readonly name: string;
  /** Its slug, by which identities and `projectId()` name it. */
  readonly slug: string;
  /** A UUID. Default: one that is the same in every run. */
  readonly id?: string | undefined;
  /** Its environments, in the order of their positions. */
  readonly environments: readonly EnvironmentSeed[];
  /** Paths of folders by environment slug; parents are made as needed. */
  readonly folders?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Secrets by environment slug, folder path and name. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, FolderSecretsSeed>>>> | undefined;
  /** Dynamic secrets by environment slug, folder path and name. */
  readonly dynamicSecrets?:
    | Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, DynamicSecretSeed>>>>>>
    | undefined;
  /** What folders import from other folders, in the order of their positions. */
  readonly imports?: readonly ImportSeed[] | undefined;
  /** Its tags. Default: none. */
  readonly tags?: readonly TagSeed[] | undefined;
  /** Where writes become approval requests instead. */
  readonly approvals?: readonly ApprovalSeed[] | undefined;
}

/** An environment of a seeded project. */
export interface EnvironmentSeed {
  /** Its name, as people see it. */
  readonly name: string;
  /** Its slug, as calls name it. */
  readonly slug: string;
}

/** The secrets of one folder by name, each a value or a value with more. */
export type FolderSecretsSeed = Readonly<Record<string, string | SecretSeed>>;

/** A secret that is there from the start. */
export interface SecretSeed {
  /** Its value; it may refer to others as `${NAME}`. */
  readonly value: string;
  /** Its comment. Default: none. */
  readonly comment?: string | undefined;
  /** Slugs of tags of the project. */
  readonly tags?: readonly string[] | undefined;
  /** What the API calls `secretMetadata`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** What the API calls `skipMultilineEncoding`. Default: not set. */
  readonly skipMultilineEncoding?: boolean | undefined;
  /** The note of its reminder. Default: none. */
  readonly reminderNote?: string | undefined;
  /** The days between its reminders. Default: no reminders. */
  readonly reminderRepeatDays?: number | undefined;
}

/** A dynamic secret that is there from the start. */
export interface DynamicSecretSeed {
  /** Its provider, such as `redis`. */
  readonly type: string;
  /** What the provider needs to know. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** How long a lease is good unless it says otherwise, such as `"1h"`. Default: `"1h"`. */
  readonly defaultTTL?: string | undefined;
  /** How long a lease can be kept alive by renewing, such as `"24h"`. Default: `"24h"`; `null` for no limit. */
  readonly maxTTL?: string | null | undefined;
  /** The pattern of the users' names. Default: random ones. */
  readonly usernameTemplate?: string | undefined;
  /** Its metadata by key. Default: none. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** An import: a folder takes over the secrets of another one. */
export interface ImportSeed {
  /** Slug of the environment that imports. */
  readonly environment: string;
  /** Path of the folder that imports. Default: `/`. */
  readonly path?: string | undefined;
  /** Where the secrets come from. */
  readonly import: {
    /** Slug of the environment that is imported from. */
    readonly environment: string;
    /** Path of the folder that is imported. Default: `/`. */
    readonly path?: string | undefined;
  };
}

/** A tag of a seeded project. */
export interface TagSeed {
  /** Its slug, unique in the project. */
  readonly slug: string;
  /** Its colour, e.g. `"#0000ff"`. Default: none. */
  readonly color?: string | undefined;
}

/** Makes writes to an environment, or to a path of it, answer with an approval request. */
export interface ApprovalSeed {
  /** The environment's slug. */
  readonly environment: string;
  /** One path, or a path and all below it (`/app/**`). Default: the whole environment. */
  readonly path?: string | undefined;
}

/** A machine identity that is there from the start. */
export interface IdentitySeed {
  /** Its name, by which `credentials()` finds it. */
  readonly name: string;
  /** A UUID. Default: one that is the same in every run. */
  readonly id?: string | undefined;
  /** Default: `member`. With `no-access` an identity cannot create projects. */
  readonly organizationRole?: "admin" | "member" | "no-access" | undefined;
  /** Roles by project slug. An identity is a member of these projects and of no other. */
  readonly projectRoles?: Readonly<Record<string, "admin" | "member" | "viewer" | "no-access">> | undefined;
  /** Its Universal Auth; `{}` for one with all defaults. Default: it has none. */
  readonly universalAuth?: UniversalAuthSeed | undefined;
  /** Its AWS Auth. Default: it has none. */
  readonly awsAuth?: AwsAuthSeed | undefined;
  /** Its JWT Auth. Default: it has none. */
  readonly jwtAuth?: JwtAuthSeed | undefined;
}

/** Lifetimes of the access tokens of an auth method. */
export interface AccessTokenSeed {
  /** Lifetime in seconds; 0 = as long as the server allows. Default: 2,592,000 (30 days). */
  readonly accessTokenTTL?: number | undefined;
  /** How long renewals can go on after the login, in seconds; 0 = for ever. Default: 2,592,000 (30 days). */
  readonly accessTokenMaxTTL?: number | undefined;
  /** How many requests a token is good for; 0 = any number. Default: 0. */
  readonly accessTokenNumUsesLimit?: number | undefined;
  /** Lifetime in seconds of a periodic token, which can be renewed for ever; 0 = not periodic. Default: 0. */
  readonly accessTokenPeriod?: number | undefined;
}

/** Universal Auth of a seeded identity. */
export interface UniversalAuthSeed extends AccessTokenSeed {
  /** Default: a UUID that is the same in every run. */
  readonly clientId?: string | undefined;
  /** Default: a string that is the same in every run. */
  readonly clientSecret?: string | undefined;
  /** Whether three failed logins within 30 seconds lock the identity for 300 seconds. Default: `true`. */
  readonly lockout?: boolean | undefined;
}

/** JWT Auth of a seeded identity: whose signature is trusted, and what the JWT must say. */
export interface JwtAuthSeed extends AccessTokenSeed {
  /** Public keys in PEM form (RSA, elliptic curve or Ed25519); a signature by one of them is enough. */
  readonly publicKeys: readonly string[];
  /** What `iss` must be. Default: anything. */
  readonly boundIssuer?: string | undefined;
  /** What `sub` must be; `*` stands for anything. Default: anything. */
  readonly boundSubject?: string | undefined;
  /** What `aud` must be, or one of its entries; `*` stands for anything. Default: anything. */
  readonly boundAudiences?: readonly string[] | undefined;
  /** Further claims by name, `a.b` for nested ones; several values are separated by commas. */
  readonly boundClaims?: Readonly<Record<string, string>> | undefined;
}

/** AWS Auth of a seeded identity. */
export interface AwsAuthSeed extends AccessTokenSeed {
  /** Account ids of 12 digits. Default: every account. */
  readonly allowedAccountIds?: readonly string[] | undefined;
  /** Amazon Resource Names of users and roles, in which `*` stands for anything. Default: everybody. */
  readonly allowedPrincipalArns?: readonly string[] | undefined;
  /** The keys that the simulated AWS knows, and who they belong to; it knows those of all identities. */
  readonly credentials?: readonly AwsCredentialSeed[] | undefined;
  /** Where the server asks AWS. Default: `https://sts.<region>.amazonaws.com`, which does not exist for `cn-*`. */
  readonly stsEndpoint?: string | undefined;
}

/** An access key that the simulated AWS knows. */
export interface AwsCredentialSeed {
  /** The access key's id, by which the simulated AWS finds the rest. */
  readonly accessKeyId: string;
  /** The secret access key, with which signatures are checked. */
  readonly secretAccessKey: string;
  /** The session token of temporary credentials, which requests must then bring along. */
  readonly sessionToken?: string | undefined;
  /** When they expire by the server's clock, in milliseconds since 1970. Default: never. */
  readonly expiration?: number | undefined;
  /** The Amazon Resource Name of its owner: a user, a role, or the session of an assumed role. */
  readonly arn: string;
}
