import type { ProviderType } from "./provider.ts";

/** A user of a database, and its password. */
export interface DatabaseCredentials {
  /** The user's name. */
  readonly DB_USERNAME: string;
  /** The user's password. */
  readonly DB_PASSWORD: string;
}

/** An access key of AWS. */
export interface AwsIamCredentials {
  /** The access key's id. */
  readonly ACCESS_KEY: string;
  /** The secret access key. */
  readonly SECRET_ACCESS_KEY: string;
  /** The IAM user's name; temporary credentials have none. */
  readonly USERNAME?: string;
  /** The session token of temporary credentials. */
  readonly SESSION_TOKEN?: string;
}

/** The password of a user of Microsoft Entra ID. */
export interface AzureEntraIdCredentials {
  /** The user's address, which is the login name. */
  readonly email: string;
  /** The user's new password. */
  readonly password: string;
}

/** A user of Couchbase, and its password. */
export interface CouchbaseCredentials {
  /** The user's name. */
  readonly username: string;
  /** The user's password. */
  readonly password: string;
}

/** An access token of a Google Cloud service account. */
export interface GcpIamCredentials {
  /** The address that names the service account. */
  readonly SERVICE_ACCOUNT_EMAIL: string;
  /** The access token, for the header `Authorization: Bearer`. */
  readonly TOKEN: string;
}

/** An installation token of a GitHub App. */
export interface GitHubCredentials {
  /** The installation token. */
  readonly TOKEN: string;
  /** When the token ends, as an ISO date. */
  readonly EXPIRES_AT: string;
  /** What the token may do, e.g. `{ contents: "read" }`. */
  readonly PERMISSIONS: Readonly<Record<string, string>>;
  /** Which repositories it is for: `"all"` or `"selected"`. */
  readonly REPOSITORY_SELECTION: string;
}

/** Client credentials of IBM API Connect. */
export interface IbmApiConnectCredentials {
  /** The client's id. */
  readonly CLIENT_ID: string;
  /** The client's secret. */
  readonly CLIENT_SECRET: string;
}

/** A token of a Kubernetes service account. */
export interface KubernetesCredentials {
  /** The service account's token. */
  readonly TOKEN: string;
}

/** An entry of a directory, and its password. */
export interface LdapCredentials {
  /** The entry's name. */
  readonly USERNAME: string;
  /** The entry's password. */
  readonly PASSWORD: string;
  /** The distinguished names that were touched. */
  readonly DN_ARRAY: readonly string[];
}

/** A key with its certificate. */
export interface SshCredentials {
  /** The private key. */
  readonly PRIVATE_KEY: string;
  /** The certificate of its public key, signed by the certificate authority. */
  readonly SIGNED_KEY: string;
}

/** A one-time code. */
export interface TotpCredentials {
  /** The code, as digits. */
  readonly TOTP: string;
  /** How long the code is still good, in seconds. */
  readonly TIME_REMAINING: number;
}

/** What the leases of a provider give, where it is no user of a database. */
interface OtherCredentials {
  readonly "aws-iam": AwsIamCredentials;
  readonly "azure-entra-id": AzureEntraIdCredentials;
  readonly couchbase: CouchbaseCredentials;
  readonly "gcp-iam": GcpIamCredentials;
  readonly github: GitHubCredentials;
  readonly "ibm-api-connect": IbmApiConnectCredentials;
  readonly kubernetes: KubernetesCredentials;
  readonly ldap: LdapCredentials;
  readonly ssh: SshCredentials;
  readonly totp: TotpCredentials;
}

/** Providers whose leases give a user of a database. */
type DatabaseProvider =
  | "aws-elasticache"
  | "aws-memorydb"
  | "azure-sql-database"
  | "cassandra"
  | "clickhouse"
  | "elastic-search"
  | "kafka"
  | "milvus"
  | "mongo-db"
  | "mongo-db-atlas"
  | "rabbit-mq"
  | "redis"
  | "sap-ase"
  | "sap-hana"
  | "snowflake"
  | "sql-database"
  | "vertica";

/** The credentials that a lease gives, by provider; any fields, where it is not named or not known. */
export type LeaseData<Type extends ProviderType = string> = Type extends keyof OtherCredentials
  ? OtherCredentials[Type]
  : Type extends DatabaseProvider
    ? DatabaseCredentials
    : Readonly<Record<string, unknown>>;
