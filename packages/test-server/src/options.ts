import type { TestClockOptions } from "./clock.ts";
import type { CredentialIssuer } from "./dynamic-secrets/credential-issuer.ts";
import type { LoggedRequest } from "./request-log.ts";

/** The options of a test server. By default it has one project and one admin identity. */
export interface TestServerOptions {
  /**
   * The projects.
   *
   * @defaultValue `example-project` with the environments `dev`, `staging` and `prod`
   */
  readonly projects?: readonly ProjectSeed[] | undefined;
  /**
   * The machine identities.
   *
   * @defaultValue one administrator of every project, with Universal Auth
   */
  readonly identities?: readonly IdentitySeed[] | undefined;
  /**
   * How the server's clock starts and whether it runs by itself.
   *
   * @defaultValue the clock runs with real time
   */
  readonly clock?: TestClockOptions | undefined;
  /**
   * Whether requests are kept in `server.requests`, and how many: beyond `limit` the oldest are dropped.
   *
   * @defaultValue the last 10,000
   */
  readonly log?:
    | boolean
    | {
        /** How many requests are kept. */
        readonly limit: number;
      }
    | undefined;
  /**
   * Rules for the names of secrets that API calls write.
   *
   * @defaultValue every name is valid
   */
  readonly secretValidationRules?: readonly SecretValidationRuleSeed[] | undefined;
  /**
   * How dynamic secrets get their credentials, and how many leases they can have.
   *
   * @defaultValue fake credentials, and up to 10,000 leases of each dynamic secret
   */
  readonly dynamicSecrets?: DynamicSecretsOptions | undefined;
  /**
   * Called after each request, with its status if it got a response.
   *
   * @defaultValue none
   */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/** A rule for the names of secrets. Writes that break it are answered with 400 `Secret validation failed:`. */
export interface SecretValidationRuleSeed {
  /** Its name, which the response quotes. */
  readonly name: string;
  /**
   * The slug of the environment that it applies to.
   *
   * @defaultValue every environment
   */
  readonly environment?: string | undefined;
  /** A pattern that every valid name matches; anchor it with `^` and `$` to match the whole name. */
  readonly keyPattern: string | RegExp;
}

/** The options for dynamic secrets. */
export interface DynamicSecretsOptions {
  /**
   * Issues and revokes real credentials.
   *
   * @defaultValue none: leases hold fake credentials, which work nowhere
   */
  readonly issuer?: CredentialIssuer | undefined;
  /**
   * How many leases a dynamic secret can have at once.
   *
   * @defaultValue 10,000
   */
  readonly leaseLimit?: number | undefined;
}

/** A project that exists from the start. */
export interface ProjectSeed {
  /** Its display name. */
  readonly name: string;
  /** Its slug, by which identities and `projectId()` name it. */
  readonly slug: string;
  /**
   * A UUID.
   *
   * @defaultValue one that is the same in every run
   */
  readonly id?: string | undefined;
  /** Its environments, in the order of their positions. */
  readonly environments: readonly EnvironmentSeed[];
  /** Paths of folders by environment slug; parents are created as needed. */
  readonly folders?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Secrets by environment slug, folder path and name. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, FolderSecretsSeed>>>> | undefined;
  /** Dynamic secrets by environment slug, folder path and name. */
  readonly dynamicSecrets?:
    | Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, DynamicSecretSeed>>>>>>
    | undefined;
  /** What folders import from other folders, in the order of their positions. */
  readonly imports?: readonly ImportSeed[] | undefined;
  /**
   * Its tags.
   *
   * @defaultValue none
   */
  readonly tags?: readonly TagSeed[] | undefined;
  /** Where writes become approval requests. */
  readonly approvals?: readonly ApprovalSeed[] | undefined;
}

/** An environment of a seeded project. */
export interface EnvironmentSeed {
  /** Its display name. */
  readonly name: string;
  /** Its slug, as calls use it. */
  readonly slug: string;
}

/** The secrets of one folder by name, each a value or a value with further fields. */
export type FolderSecretsSeed = Readonly<Record<string, string | SecretSeed>>;

/** A secret that exists from the start. */
export interface SecretSeed {
  /** Its value, which can reference others as `${NAME}`. */
  readonly value: string;
  /**
   * Its comment.
   *
   * @defaultValue none
   */
  readonly comment?: string | undefined;
  /** Slugs of tags of the project. */
  readonly tags?: readonly string[] | undefined;
  /** The `secretMetadata` of the API. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the API's `skipMultilineEncoding` is set.
   *
   * @defaultValue false
   */
  readonly skipMultilineEncoding?: boolean | undefined;
  /**
   * The note of its reminder.
   *
   * @defaultValue none
   */
  readonly reminderNote?: string | undefined;
  /**
   * The number of days between its reminders.
   *
   * @defaultValue no reminders
   */
  readonly reminderRepeatDays?: number | undefined;
}

/** A dynamic secret that exists from the start. */
export interface DynamicSecretSeed {
  /** Its provider, such as `redis`. */
  readonly type: string;
  /** The inputs of the provider. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /**
   * How long a lease lasts when its request names no TTL, such as `"1h"`.
   *
   * @defaultValue "1h"
   */
  readonly defaultTTL?: string | undefined;
  /**
   * How long a lease can be kept alive by renewing it, such as `"24h"`; `null` for no limit.
   *
   * @defaultValue "24h"
   */
  readonly maxTTL?: string | null | undefined;
  /**
   * The template of user names.
   *
   * @defaultValue random names
   */
  readonly usernameTemplate?: string | undefined;
  /**
   * Its metadata by key.
   *
   * @defaultValue none
   */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** An import: a folder includes the secrets of another one. */
export interface ImportSeed {
  /** The slug of the importing environment. */
  readonly environment: string;
  /**
   * The path of the importing folder.
   *
   * @defaultValue "/"
   */
  readonly path?: string | undefined;
  /** Where the secrets come from. */
  readonly import: {
    /** The slug of the imported environment. */
    readonly environment: string;
    /**
     * The path of the imported folder.
     *
     * @defaultValue "/"
     */
    readonly path?: string | undefined;
  };
}

/** A tag of a seeded project. */
export interface TagSeed {
  /** Its slug, unique in the project. */
  readonly slug: string;
  /**
   * Its color, such as `"#0000ff"`.
   *
   * @defaultValue none
   */
  readonly color?: string | undefined;
}

/** Turns writes to an environment, or to a path in it, into approval requests. */
export interface ApprovalSeed {
  /** The environment's slug. */
  readonly environment: string;
  /**
   * One path, or a path and everything below it (`/app/**`).
   *
   * @defaultValue the whole environment
   */
  readonly path?: string | undefined;
}

/** A machine identity that exists from the start. */
export interface IdentitySeed {
  /** Its name, by which `credentials()` finds it. */
  readonly name: string;
  /**
   * A UUID.
   *
   * @defaultValue one that is the same in every run
   */
  readonly id?: string | undefined;
  /**
   * Its role in the organization. With `no-access` an identity cannot create projects.
   *
   * @defaultValue "member"
   */
  readonly organizationRole?: "admin" | "member" | "no-access" | undefined;
  /** Roles by project slug. The identity is a member of these projects only. */
  readonly projectRoles?: Readonly<Record<string, "admin" | "member" | "viewer" | "no-access">> | undefined;
  /**
   * Its Universal Auth; `{}` uses all defaults.
   *
   * @defaultValue none
   */
  readonly universalAuth?: UniversalAuthSeed | undefined;
  /**
   * Its AWS Auth.
   *
   * @defaultValue none
   */
  readonly awsAuth?: AwsAuthSeed | undefined;
  /**
   * Its JWT Auth.
   *
   * @defaultValue none
   */
  readonly jwtAuth?: JwtAuthSeed | undefined;
}

/** Lifetimes of the access tokens of an auth method. */
export interface AccessTokenSeed {
  /**
   * The lifetime in seconds; 0 means as long as the server allows.
   *
   * @defaultValue 2592000 (30 days)
   */
  readonly accessTokenTTL?: number | undefined;
  /**
   * How long after the login a token can be renewed, in seconds; 0 means forever.
   *
   * @defaultValue 2592000 (30 days)
   */
  readonly accessTokenMaxTTL?: number | undefined;
  /**
   * How many requests a token can be used for; 0 means any number.
   *
   * @defaultValue 0
   */
  readonly accessTokenNumUsesLimit?: number | undefined;
  /**
   * The lifetime in seconds of a periodic token, which can be renewed forever; 0 means not periodic.
   *
   * @defaultValue 0
   */
  readonly accessTokenPeriod?: number | undefined;
}

/** Universal Auth of a seeded identity. */
export interface UniversalAuthSeed extends AccessTokenSeed {
  /**
   * The client id.
   *
   * @defaultValue a UUID that is the same in every run
   */
  readonly clientId?: string | undefined;
  /**
   * The client secret.
   *
   * @defaultValue a string that is the same in every run
   */
  readonly clientSecret?: string | undefined;
  /**
   * Whether three failed logins within 30 seconds lock the identity for 300 seconds.
   *
   * @defaultValue true
   */
  readonly lockout?: boolean | undefined;
}

/** JWT Auth of a seeded identity: the trusted keys, and the claims that a JWT must have. */
export interface JwtAuthSeed extends AccessTokenSeed {
  /** Public keys in PEM form (RSA, elliptic curve or Ed25519). A JWT must be signed with one of them. */
  readonly publicKeys: readonly string[];
  /**
   * The required `iss`.
   *
   * @defaultValue any
   */
  readonly boundIssuer?: string | undefined;
  /**
   * The required `sub`, in which `*` matches anything.
   *
   * @defaultValue any
   */
  readonly boundSubject?: string | undefined;
  /**
   * The allowed values of `aud`, or of one of its entries, in which `*` matches anything.
   *
   * @defaultValue any
   */
  readonly boundAudiences?: readonly string[] | undefined;
  /** Further required claims by name, `a.b` for nested ones. Several allowed values are separated by commas. */
  readonly boundClaims?: Readonly<Record<string, string>> | undefined;
}

/** AWS Auth of a seeded identity. */
export interface AwsAuthSeed extends AccessTokenSeed {
  /**
   * The allowed account ids of 12 digits.
   *
   * @defaultValue every account
   */
  readonly allowedAccountIds?: readonly string[] | undefined;
  /**
   * The allowed Amazon Resource Names of users and roles, in which `*` matches anything.
   *
   * @defaultValue every principal
   */
  readonly allowedPrincipalArns?: readonly string[] | undefined;
  /** Access keys that the simulated AWS knows. It knows those of all identities. */
  readonly credentials?: readonly AwsCredentialSeed[] | undefined;
  /**
   * The STS endpoint that the server calls.
   *
   * @defaultValue `https://sts.<region>.amazonaws.com`, which does not exist for regions in China (`cn-*`)
   */
  readonly stsEndpoint?: string | undefined;
}

/** An access key that the simulated AWS knows. */
export interface AwsCredentialSeed {
  /** The id of the access key. */
  readonly accessKeyId: string;
  /** The secret access key, used to verify signatures. */
  readonly secretAccessKey: string;
  /** The session token of temporary credentials, which requests must then contain. */
  readonly sessionToken?: string | undefined;
  /**
   * When the credentials expire by the server's clock, in milliseconds since 1970.
   *
   * @defaultValue never
   */
  readonly expiration?: number | undefined;
  /** The Amazon Resource Name of its owner: a user, a role, or the session of an assumed role. */
  readonly arn: string;
}
