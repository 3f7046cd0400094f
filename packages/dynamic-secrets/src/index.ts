export { type DynamicSecret, type DynamicSecretMetadata, DynamicSecretStatus } from "./dynamic-secret.ts";
export { DynamicSecretProviders } from "./dynamic-secret-providers.ts";
export { type DynamicSecretsPlugin, dynamicSecrets } from "./dynamic-secrets.ts";
export type { DynamicSecretsApi } from "./dynamic-secrets-api.ts";
export {
  type CreateLeaseResponse,
  type DeleteLeaseResponse,
  type GetLeaseResponse,
  type Lease,
  LeaseStatus,
  type LeaseWithDynamicSecret,
  type ListLeasesResponse,
  type RenewLeaseResponse,
} from "./lease.ts";
export type { LeaseCalls } from "./lease-calls.ts";
export type {
  AwsIamCredentials,
  AzureEntraIdCredentials,
  CouchbaseCredentials,
  DatabaseCredentials,
  GcpIamCredentials,
  GitHubCredentials,
  IbmApiConnectCredentials,
  KubernetesCredentials,
  LdapCredentials,
  LeaseData,
  SshCredentials,
  TotpCredentials,
} from "./lease-data.ts";
export type {
  CreateDynamicSecretLeaseOptions,
  DeleteDynamicSecretLeaseOptions,
  ListDynamicSecretLeasesOptions,
  RenewDynamicSecretLeaseOptions,
  UseLeaseOptions,
} from "./lease-options.ts";
export type { LeasesApi } from "./leases-api.ts";
export type {
  CreateDynamicSecretOptions,
  DeleteDynamicSecretOptions,
  DynamicSecretLocation,
  UpdateDynamicSecretOptions,
} from "./options.ts";
export type { DynamicSecretProvider, InputsOf, ProviderInputs, ProviderType } from "./provider.ts";
export type { AwsElastiCacheInputs } from "./providers/aws-elasticache.ts";
export type {
  AwsIamAccessKeyInputs,
  AwsIamAssumeRoleInputs,
  AwsIamInputs,
  AwsIamIrsaInputs,
  AwsIamTag,
} from "./providers/aws-iam.ts";
export type { AwsMemoryDbInputs } from "./providers/aws-memorydb.ts";
export type { AzureEntraIdInputs } from "./providers/azure-entra-id.ts";
export type { AzureSqlDatabaseInputs } from "./providers/azure-sql-database.ts";
export type { CassandraInputs } from "./providers/cassandra.ts";
export type { ClickhouseInputs } from "./providers/clickhouse.ts";
export type { CouchbaseBucket, CouchbaseInputs } from "./providers/couchbase.ts";
export type { DatabaseAddressInputs } from "./providers/database-address-inputs.ts";
export type { ElasticSearchAuth, ElasticSearchInputs } from "./providers/elastic-search.ts";
export type { GatewayInputs } from "./providers/gateway-inputs.ts";
export type { GcpIamInputs } from "./providers/gcp-iam.ts";
export type { GitHubInputs } from "./providers/github.ts";
export type { IbmApiConnectInputs } from "./providers/ibm-api-connect.ts";
export type { KafkaAcl, KafkaBootstrapServer, KafkaInputs } from "./providers/kafka.ts";
export type {
  KubernetesApiInputs,
  KubernetesDynamicCredential,
  KubernetesGatewayInputs,
  KubernetesInputs,
  KubernetesStaticCredential,
} from "./providers/kubernetes.ts";
export type { LdapDynamicInputs, LdapInputs, LdapStaticInputs } from "./providers/ldap.ts";
export type { MilvusInputs, MilvusPrivilege } from "./providers/milvus.ts";
export type { MongoAtlasInputs, MongoAtlasRole, MongoAtlasScope } from "./providers/mongo-atlas.ts";
export type { MongoDbInputs } from "./providers/mongo-db.ts";
export type { OAuth2ExtraParameter, OAuth2Inputs } from "./providers/oauth2.ts";
export type { PasswordRequirements } from "./providers/password-requirements.ts";
export type { RabbitMqInputs } from "./providers/rabbit-mq.ts";
export type { RedisInputs } from "./providers/redis.ts";
export type { SapAseInputs } from "./providers/sap-ase.ts";
export type { SapHanaInputs } from "./providers/sap-hana.ts";
export type { SnowflakeInputs } from "./providers/snowflake.ts";
export type { SqlDatabaseInputs } from "./providers/sql-database.ts";
export { SqlProviders } from "./providers/sql-providers.ts";
export type { SshInputs, SshKeyAlgorithm } from "./providers/ssh.ts";
export type { RenewableStatementInputs, StatementInputs } from "./providers/statement-inputs.ts";
export type {
  TailscaleAuth,
  TailscaleAuthKeyInputs,
  TailscaleFederatedKeyInputs,
  TailscaleInputs,
  TailscaleOAuthKeyInputs,
} from "./providers/tailscale.ts";
export type { TlsInputs } from "./providers/tls-inputs.ts";
export type { TotpInputs, TotpManualInputs, TotpUrlInputs } from "./providers/totp.ts";
export type { VerticaInputs } from "./providers/vertica.ts";
export type { LeaseInUse } from "./use-lease.ts";
