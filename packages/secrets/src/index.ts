export type {
  CreateSecretsOptions,
  DeleteSecretsOptions,
  NewSecret,
  SecretChange,
  SecretToDelete,
  UpdateSecretsMode,
  UpdateSecretsOptions,
} from "./options/batch-options.ts";
export type { SecretLocation } from "./options/location.ts";
export type {
  AttachOptions,
  GetSecretOptions,
  GetSecretsOptions,
  ListSecretsOptions,
  ListSecretsWithImportsOptions,
  MetadataFilter,
  ReadSecretOptions,
} from "./options/read-options.ts";
export type {
  CreateSecretOptions,
  DeleteSecretOptions,
  SecretFields,
  UpdateSecretOptions,
  WriteSecretOptions,
} from "./options/write-options.ts";
export type {
  ConditionalListSecretsResponse,
  GetSecretsResponse,
  ListSecretsResponse,
  MergedSecrets,
  ModifiedSecrets,
  SecretApproval,
  SecretResponse,
  SecretsResponse,
  UnmodifiedSecrets,
} from "./results.ts";
export {
  type ImportedSecret,
  type Secret,
  type SecretActor,
  type SecretImport,
  type SecretMetadata,
  type SecretTag,
  SecretType,
} from "./secret.ts";
export { type SecretsOptions, type SecretsPlugin, secrets } from "./secrets.ts";
export type { SecretsApi } from "./secrets-api.ts";
