import type {
  AwsElastiCacheInputs,
  AwsIamCredentials,
  AwsIamInputs,
  AwsMemoryDbInputs,
  AzureEntraIdCredentials,
  AzureEntraIdInputs,
  GcpIamCredentials,
  GcpIamInputs,
  IbmApiConnectCredentials,
  IbmApiConnectInputs,
} from "./cloud.ts";
import type {
  LdapCredentials,
  LdapInputs,
  OAuth2Inputs,
  SshCredentials,
  SshInputs,
  TotpCredentials,
  TotpInputs,
} from "./identity.ts";
import type { KafkaInputs, RabbitMqInputs } from "./messaging.ts";
import type {
  CassandraInputs,
  CouchbaseCredentials,
  CouchbaseInputs,
  ElasticSearchInputs,
  MilvusInputs,
  MongoAtlasInputs,
  MongoDbInputs,
  RedisInputs,
} from "./nosql.ts";
import type {
  GitHubCredentials,
  GitHubInputs,
  KubernetesCredentials,
  KubernetesInputs,
  TailscaleInputs,
} from "./platforms.ts";
import type { DatabaseCredentials } from "./shared.ts";
import type {
  AzureSqlDatabaseInputs,
  ClickhouseInputs,
  SapAseInputs,
  SapHanaInputs,
  SnowflakeInputs,
  SqlDatabaseInputs,
  VerticaInputs,
} from "./sql.ts";

/** Credentials whose fields this version does not know. */
type AnyCredentials = Readonly<Record<string, unknown>>;

/** Every provider that this version knows, by its name: the inputs it needs, and the credentials it issues. */
export interface Providers {
  /** Users of AWS ElastiCache. */
  readonly "aws-elasticache": { inputs: AwsElastiCacheInputs; credentials: DatabaseCredentials };
  /** IAM users of AWS, or temporary credentials of a role. */
  readonly "aws-iam": { inputs: AwsIamInputs; credentials: AwsIamCredentials };
  /** Users of AWS MemoryDB. */
  readonly "aws-memorydb": { inputs: AwsMemoryDbInputs; credentials: DatabaseCredentials };
  /** New passwords of a Microsoft Entra ID user. */
  readonly "azure-entra-id": { inputs: AzureEntraIdInputs; credentials: AzureEntraIdCredentials };
  /** Users of Azure SQL Database. */
  readonly "azure-sql-database": { inputs: AzureSqlDatabaseInputs; credentials: DatabaseCredentials };
  /** Users of Apache Cassandra. */
  readonly cassandra: { inputs: CassandraInputs; credentials: DatabaseCredentials };
  /** Users of ClickHouse. */
  readonly clickhouse: { inputs: ClickhouseInputs; credentials: DatabaseCredentials };
  /** Database users of Couchbase Capella. */
  readonly couchbase: { inputs: CouchbaseInputs; credentials: CouchbaseCredentials };
  /** Users of Elasticsearch. */
  readonly "elastic-search": { inputs: ElasticSearchInputs; credentials: DatabaseCredentials };
  /** Access tokens of a Google Cloud service account. */
  readonly "gcp-iam": { inputs: GcpIamInputs; credentials: GcpIamCredentials };
  /** Installation tokens of a GitHub App. */
  readonly github: { inputs: GitHubInputs; credentials: GitHubCredentials };
  /** Client credentials of IBM API Connect. */
  readonly "ibm-api-connect": { inputs: IbmApiConnectInputs; credentials: IbmApiConnectCredentials };
  /** Users of Apache Kafka. */
  readonly kafka: { inputs: KafkaInputs; credentials: DatabaseCredentials };
  /** Tokens of a Kubernetes service account. */
  readonly kubernetes: { inputs: KubernetesInputs; credentials: KubernetesCredentials };
  /** Entries of an LDAP directory, or new passwords of one entry. */
  readonly ldap: { inputs: LdapInputs; credentials: LdapCredentials };
  /** Users of Milvus. */
  readonly milvus: { inputs: MilvusInputs; credentials: DatabaseCredentials };
  /** Users of MongoDB. */
  readonly "mongo-db": { inputs: MongoDbInputs; credentials: DatabaseCredentials };
  /** Database users of MongoDB Atlas. */
  readonly "mongo-db-atlas": { inputs: MongoAtlasInputs; credentials: DatabaseCredentials };
  /** Access tokens of an OAuth 2.0 server. */
  readonly oauth2: { inputs: OAuth2Inputs; credentials: AnyCredentials };
  /** Users of RabbitMQ. */
  readonly "rabbit-mq": { inputs: RabbitMqInputs; credentials: DatabaseCredentials };
  /** Users of Redis. */
  readonly redis: { inputs: RedisInputs; credentials: DatabaseCredentials };
  /** Users of SAP ASE. */
  readonly "sap-ase": { inputs: SapAseInputs; credentials: DatabaseCredentials };
  /** Users of SAP HANA. */
  readonly "sap-hana": { inputs: SapHanaInputs; credentials: DatabaseCredentials };
  /** Users of Snowflake. */
  readonly snowflake: { inputs: SnowflakeInputs; credentials: DatabaseCredentials };
  /** Users of PostgreSQL, MySQL, Oracle, SQL Server, SAP ASE or Vertica. */
  readonly "sql-database": { inputs: SqlDatabaseInputs; credentials: DatabaseCredentials };
  /** SSH keys with a certificate. */
  readonly ssh: { inputs: SshInputs; credentials: SshCredentials };
  /** Tailscale keys: for devices, OAuth clients or federated identities. */
  readonly tailscale: { inputs: TailscaleInputs; credentials: AnyCredentials };
  /** One-time passwords. */
  readonly totp: { inputs: TotpInputs; credentials: TotpCredentials };
  /** Users of Vertica. */
  readonly vertica: { inputs: VerticaInputs; credentials: DatabaseCredentials };
}

/** The providers that this version knows, as constants to complete and check their names. */
export const DynamicSecretProviders = {
  /** PostgreSQL, MySQL, Oracle, SQL Server, SAP ASE and Vertica. */
  SqlDatabase: "sql-database",
  /** Apache Cassandra. */
  Cassandra: "cassandra",
  /** AWS IAM. */
  AwsIam: "aws-iam",
  /** Redis. */
  Redis: "redis",
  /** AWS ElastiCache. */
  AwsElastiCache: "aws-elasticache",
  /** MongoDB Atlas. */
  MongoAtlas: "mongo-db-atlas",
  /** Elasticsearch. */
  ElasticSearch: "elastic-search",
  /** MongoDB. */
  MongoDB: "mongo-db",
  /** RabbitMQ. */
  RabbitMq: "rabbit-mq",
  /** Microsoft Entra ID. */
  AzureEntraID: "azure-entra-id",
  /** LDAP directories. */
  Ldap: "ldap",
  /** SAP HANA. */
  SapHana: "sap-hana",
  /** Snowflake. */
  Snowflake: "snowflake",
  /** One-time passwords. */
  Totp: "totp",
  /** SAP ASE. */
  SapAse: "sap-ase",
  /** AWS MemoryDB. */
  AwsMemoryDB: "aws-memorydb",
  /** Azure SQL Database. */
  AzureSqlDatabase: "azure-sql-database",
  /** ClickHouse. */
  Clickhouse: "clickhouse",
  /** Couchbase Capella. */
  Couchbase: "couchbase",
  /** Google Cloud service accounts. */
  GcpIam: "gcp-iam",
  /** GitHub Apps. */
  GitHub: "github",
  /** IBM API Connect. */
  IbmApiConnect: "ibm-api-connect",
  /** Apache Kafka. */
  Kafka: "kafka",
  /** Kubernetes service accounts. */
  Kubernetes: "kubernetes",
  /** Milvus. */
  Milvus: "milvus",
  /** OAuth 2.0 client credentials. */
  OAuth2: "oauth2",
  /** SSH certificates. */
  Ssh: "ssh",
  /** Tailscale. */
  Tailscale: "tailscale",
  /** Vertica. */
  Vertica: "vertica",
} as const;

/** The name of a provider that this version knows, such as `"redis"`. */
export type DynamicSecretProviders = Extract<keyof Providers, string>;

/** The inputs of each known provider, by the provider's name. */
export type ProviderInputs = { readonly [Name in keyof Providers]: Providers[Name]["inputs"] };

/** The name of a provider: one that this version knows, or one that a newer server adds. */
// `string & {}` keeps the known names in completion lists.
export type ProviderType = DynamicSecretProviders | (string & {});

/** The inputs of one provider; any inputs for a provider that this version does not know. */
export type InputsOf<Type extends ProviderType> = Type extends keyof ProviderInputs
  ? ProviderInputs[Type]
  : Readonly<Record<string, unknown>>;

/**
 * A provider with its inputs, discriminated by `type`.
 *
 * Without a type argument, it is the union of all providers that this version knows. For any other name, such as
 * `DynamicSecretProvider<"new-one">`, it accepts any inputs. Calls infer the name.
 */
export type DynamicSecretProvider<Type extends ProviderType = DynamicSecretProviders> =
  Type extends ProviderType
    ? {
        /** The provider's name; `DynamicSecretProviders` has the known ones. */
        readonly type: Type;
        /** What the server needs to issue credentials. The server stores it, passwords included. */
        readonly inputs: InputsOf<Type>;
      }
    : never;

/** The credentials of a lease, by provider; any fields where the provider is not named or not known. */
export type LeaseData<Type extends ProviderType = string> = Type extends keyof Providers
  ? Providers[Type]["credentials"]
  : Readonly<Record<string, unknown>>;
