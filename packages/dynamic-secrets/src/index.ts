export { type DynamicSecretsApi, type DynamicSecretsPlugin, dynamicSecrets } from "./dynamic-secrets.ts";
export type { LeaseCalls, LeasesApi } from "./leases/api.ts";
export {
  type CreateDynamicSecretLeaseOptions,
  type CreateLeaseResponse,
  type DeleteDynamicSecretLeaseOptions,
  type DeleteLeaseResponse,
  type GetLeaseResponse,
  type Lease,
  LeaseStatus,
  type LeaseWithDynamicSecret,
  type ListDynamicSecretLeasesOptions,
  type ListLeasesResponse,
  type RenewDynamicSecretLeaseOptions,
  type RenewLeaseResponse,
  type UseLeaseOptions,
} from "./leases/types.ts";
export type { LeaseInUse } from "./leases/use.ts";
export type {
  AwsElastiCacheInputs,
  AwsIamAccessKeyInputs,
  AwsIamAssumeRoleInputs,
  AwsIamCredentials,
  AwsIamInputs,
  AwsIamIrsaInputs,
  AwsIamTag,
  AwsMemoryDbInputs,
  AzureEntraIdCredentials,
  AzureEntraIdInputs,
  GcpIamCredentials,
  GcpIamInputs,
  IbmApiConnectCredentials,
  IbmApiConnectInputs,
} from "./providers/cloud.ts";
export type {
  LdapCredentials,
  LdapDynamicInputs,
  LdapInputs,
  LdapStaticInputs,
  OAuth2ExtraParameter,
  OAuth2Inputs,
  SshCredentials,
  SshInputs,
  SshKeyAlgorithm,
  TotpCredentials,
  TotpInputs,
  TotpManualInputs,
  TotpUrlInputs,
} from "./providers/identity.ts";
export type { KafkaAcl, KafkaBootstrapServer, KafkaInputs, RabbitMqInputs } from "./providers/messaging.ts";
export type {
  CassandraInputs,
  CouchbaseBucket,
  CouchbaseCredentials,
  CouchbaseInputs,
  ElasticSearchAuth,
  ElasticSearchInputs,
  MilvusInputs,
  MilvusPrivilege,
  MongoAtlasInputs,
  MongoAtlasRole,
  MongoAtlasScope,
  MongoDbInputs,
  RedisInputs,
} from "./providers/nosql.ts";
export type {
  GitHubCredentials,
  GitHubInputs,
  KubernetesApiInputs,
  KubernetesCredentials,
  KubernetesDynamicCredential,
  KubernetesGatewayInputs,
  KubernetesInputs,
  KubernetesStaticCredential,
  TailscaleAuth,
  TailscaleAuthKeyInputs,
  TailscaleFederatedKeyInputs,
  TailscaleInputs,
  TailscaleOAuthKeyInputs,
} from "./providers/platforms.ts";
export type {
  DynamicSecretProvider,
  InputsOf,
  LeaseData,
  ProviderInputs,
  ProviderType,
} from "./providers/registry.ts";
export { DynamicSecretProviders } from "./providers/registry.ts";
export type {
  DatabaseAddressInputs,
  DatabaseCredentials,
  GatewayInputs,
  PasswordRequirements,
  RenewableStatementInputs,
  StatementInputs,
  TlsInputs,
} from "./providers/shared.ts";
export {
  type AzureSqlDatabaseInputs,
  type ClickhouseInputs,
  type SapAseInputs,
  type SapHanaInputs,
  type SnowflakeInputs,
  type SqlDatabaseInputs,
  SqlProviders,
  type VerticaInputs,
} from "./providers/sql.ts";
export {
  type CreateDynamicSecretOptions,
  type DeleteDynamicSecretOptions,
  type DynamicSecret,
  type DynamicSecretLocation,
  type DynamicSecretMetadata,
  DynamicSecretStatus,
  type UpdateDynamicSecretOptions,
} from "./types.ts";
