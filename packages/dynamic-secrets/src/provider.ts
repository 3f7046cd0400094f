import type { DynamicSecretProviders } from "./dynamic-secret-providers.ts";
import type { AwsElastiCacheInputs, AwsIamInputs, AwsMemoryDbInputs } from "./providers/aws-inputs.ts";
import type {
  AzureEntraIdInputs,
  GcpIamInputs,
  GitHubInputs,
  IbmApiConnectInputs,
  LdapInputs,
  OAuth2Inputs,
  SshInputs,
  TotpInputs,
} from "./providers/identity-inputs.ts";
import type { KubernetesInputs } from "./providers/kubernetes-inputs.ts";
import type {
  CassandraInputs,
  CouchbaseInputs,
  ElasticSearchInputs,
  MilvusInputs,
  MongoAtlasInputs,
  MongoDbInputs,
} from "./providers/other-database-inputs.ts";
import type { KafkaInputs, RabbitMqInputs, RedisInputs } from "./providers/queue-and-cache-inputs.ts";
import type {
  AzureSqlDatabaseInputs,
  ClickhouseInputs,
  SapAseInputs,
  SapHanaInputs,
  SnowflakeInputs,
  SqlDatabaseInputs,
  VerticaInputs,
} from "./providers/sql-inputs.ts";
import type { TailscaleInputs } from "./providers/tailscale-inputs.ts";

/** What each provider needs to be told, by its name. */
export interface ProviderInputs {
  /** Users of AWS ElastiCache. */
  readonly "aws-elasticache": AwsElastiCacheInputs;
  /** Users of AWS IAM, or temporary credentials of a role. */
  readonly "aws-iam": AwsIamInputs;
  /** Users of AWS MemoryDB. */
  readonly "aws-memorydb": AwsMemoryDbInputs;
  /** New passwords of a user of Microsoft Entra ID. */
  readonly "azure-entra-id": AzureEntraIdInputs;
  /** Users of Azure SQL Database. */
  readonly "azure-sql-database": AzureSqlDatabaseInputs;
  /** Users of Apache Cassandra. */
  readonly cassandra: CassandraInputs;
  /** Users of ClickHouse. */
  readonly clickhouse: ClickhouseInputs;
  /** Database users of Couchbase Capella. */
  readonly couchbase: CouchbaseInputs;
  /** Users of Elasticsearch. */
  readonly "elastic-search": ElasticSearchInputs;
  /** Access tokens of a Google Cloud service account. */
  readonly "gcp-iam": GcpIamInputs;
  /** Installation tokens of a GitHub App. */
  readonly github: GitHubInputs;
  /** Client credentials of IBM API Connect. */
  readonly "ibm-api-connect": IbmApiConnectInputs;
  /** Users of Apache Kafka. */
  readonly kafka: KafkaInputs;
  /** Tokens of a Kubernetes service account. */
  readonly kubernetes: KubernetesInputs;
  /** Entries of a directory, or new passwords of one entry. */
  readonly ldap: LdapInputs;
  /** Users of Milvus. */
  readonly milvus: MilvusInputs;
  /** Users of MongoDB. */
  readonly "mongo-db": MongoDbInputs;
  /** Database users of MongoDB Atlas. */
  readonly "mongo-db-atlas": MongoAtlasInputs;
  /** Access tokens of an OAuth 2.0 server. */
  readonly oauth2: OAuth2Inputs;
  /** Users of RabbitMQ. */
  readonly "rabbit-mq": RabbitMqInputs;
  /** Users of Redis. */
  readonly redis: RedisInputs;
  /** Users of SAP ASE. */
  readonly "sap-ase": SapAseInputs;
  /** Users of SAP HANA. */
  readonly "sap-hana": SapHanaInputs;
  /** Users of Snowflake. */
  readonly snowflake: SnowflakeInputs;
  /** Users of PostgreSQL, MySQL, Oracle, SQL Server, SAP ASE or Vertica. */
  readonly "sql-database": SqlDatabaseInputs;
  /** Keys with a certificate. */
  readonly ssh: SshInputs;
  /** Keys of Tailscale: for devices, OAuth clients or federated identities. */
  readonly tailscale: TailscaleInputs;
  /** One-time codes. */
  readonly totp: TotpInputs;
  /** Users of Vertica. */
  readonly vertica: VerticaInputs;
}

/** The name of a provider: one that this version knows, or one that a newer server adds. */
// `string & {}` keeps the known names in completion lists.
export type ProviderType = DynamicSecretProviders | (string & {});

/** The inputs of one provider; any, where this version does not know it. */
export type InputsOf<Type extends ProviderType> = Type extends keyof ProviderInputs
  ? ProviderInputs[Type]
  : Readonly<Record<string, unknown>>;

/**
 * A provider with its inputs, told apart by `type`.
 *
 * Without an argument it is the union of all that this version knows. With the name of another one,
 * `DynamicSecretProvider<"new-one">`, it takes any inputs. Calls find out the name by themselves.
 */
export type DynamicSecretProvider<Type extends ProviderType = DynamicSecretProviders> =
  Type extends ProviderType
    ? {
        /** The provider's name; `DynamicSecretProviders` has the known ones. */
        readonly type: Type;
        /** What the server needs to know to issue credentials. It stores them, passwords too. */
        readonly inputs: InputsOf<Type>;
      }
    : never;
