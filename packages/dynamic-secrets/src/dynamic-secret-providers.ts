/** The kinds of dynamic secrets, by the names of their providers. */
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
  /** One-time codes. */
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
export type DynamicSecretProviders = (typeof DynamicSecretProviders)[keyof typeof DynamicSecretProviders];
