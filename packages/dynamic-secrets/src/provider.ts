import type { DynamicSecretProviders } from "./dynamic-secret-providers.ts";
import type { AwsElastiCacheInputs } from "./providers/aws-elasticache.ts";
import type { AwsIamInputs } from "./providers/aws-iam.ts";
import type { AwsMemoryDbInputs } from "./providers/aws-memorydb.ts";
import type { AzureEntraIdInputs } from "./providers/azure-entra-id.ts";
import type { AzureSqlDatabaseInputs } from "./providers/azure-sql-database.ts";
import type { CassandraInputs } from "./providers/cassandra.ts";
import type { ClickhouseInputs } from "./providers/clickhouse.ts";
import type { CouchbaseInputs } from "./providers/couchbase.ts";
import type { ElasticSearchInputs } from "./providers/elastic-search.ts";
import type { GcpIamInputs } from "./providers/gcp-iam.ts";
import type { GitHubInputs } from "./providers/github.ts";
import type { IbmApiConnectInputs } from "./providers/ibm-api-connect.ts";
import type { KafkaInputs } from "./providers/kafka.ts";
import type { KubernetesInputs } from "./providers/kubernetes.ts";
import type { LdapInputs } from "./providers/ldap.ts";
import type { MilvusInputs } from "./providers/milvus.ts";
import type { MongoAtlasInputs } from "./providers/mongo-atlas.ts";
import type { MongoDbInputs } from "./providers/mongo-db.ts";
import type { OAuth2Inputs } from "./providers/oauth2.ts";
import type { RabbitMqInputs } from "./providers/rabbit-mq.ts";
import type { RedisInputs } from "./providers/redis.ts";
import type { SapAseInputs } from "./providers/sap-ase.ts";
import type { SapHanaInputs } from "./providers/sap-hana.ts";
import type { SnowflakeInputs } from "./providers/snowflake.ts";
import type { SqlDatabaseInputs } from "./providers/sql-database.ts";
import type { SshInputs } from "./providers/ssh.ts";
import type { TailscaleInputs } from "./providers/tailscale.ts";
import type { TotpInputs } from "./providers/totp.ts";
import type { VerticaInputs } from "./providers/vertica.ts";

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
