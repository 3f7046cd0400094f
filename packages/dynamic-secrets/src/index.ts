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
export type {
  AwsElastiCacheInputs,
  AwsIamAccessKeyInputs,
  AwsIamAssumeRoleInputs,
  AwsIamInputs,
  AwsIamIrsaInputs,
  AwsIamTag,
  AwsMemoryDbInputs,
} from "./providers/aws-inputs.ts";
export type {
  DatabaseAddressInputs,
  GatewayInputs,
  PasswordRequirements,
  RenewableStatementInputs,
  StatementInputs,
  TlsInputs,
} from "./providers/common-inputs.ts";
export type {
  AzureEntraIdInputs,
  GcpIamInputs,
  GitHubInputs,
  IbmApiConnectInputs,
  LdapDynamicInputs,
  LdapInputs,
  LdapStaticInputs,
  OAuth2ExtraParameter,
  OAuth2Inputs,
  SshInputs,
  SshKeyAlgorithm,
  TotpInputs,
  TotpManualInputs,
  TotpUrlInputs,
} from "./providers/identity-inputs.ts";
export type {
  KubernetesApiInputs,
  KubernetesDynamicCredential,
  KubernetesGatewayInputs,
  KubernetesInputs,
  KubernetesStaticCredential,
} from "./providers/kubernetes-inputs.ts";
export type {
  CassandraInputs,
  CouchbaseBucket,
  CouchbaseInputs,
  ElasticSearchAuth,
  ElasticSearchInputs,
  MilvusInputs,
  MilvusPrivilege,
  MongoAtlasInputs,
  MongoAtlasRole,
  MongoAtlasScope,
  MongoDbInputs,
} from "./providers/other-database-inputs.ts";
export type {
  KafkaAcl,
  KafkaBootstrapServer,
  KafkaInputs,
  RabbitMqInputs,
  RedisInputs,
} from "./providers/queue-and-cache-inputs.ts";
export {
  type AzureSqlDatabaseInputs,
  type ClickhouseInputs,
  type SapAseInputs,
  type SapHanaInputs,
  type SnowflakeInputs,
  type SqlDatabaseInputs,
  SqlProviders,
  type VerticaInputs,
} from "./providers/sql-inputs.ts";
export type {
  TailscaleAuth,
  TailscaleAuthKeyInputs,
  TailscaleFederatedKeyInputs,
  TailscaleInputs,
  TailscaleOAuthKeyInputs,
} from "./providers/tailscale-inputs.ts";
export type { LeaseInUse } from "./use-lease.ts";
