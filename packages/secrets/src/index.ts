export type { MoveSecretsOptions, MoveSecretsResponse } from "./move.ts";
export type {
  AttachOptions,
  GetSecretOptions,
  GetSecretsOptions,
  ListSecretsOptions,
  ListSecretsWithImportsOptions,
  MetadataFilter,
  ReadSecretOptions,
  SecretLocation,
} from "./read-options.ts";
export type {
  AttachedVariables,
  AttachSkipReason,
  ConditionalListSecretsResponse,
  GetSecretsResponse,
  ListSecretsResponse,
  MergedSecrets,
  ModifiedSecrets,
  SecretApproval,
  SecretResponse,
  SecretsResponse,
  SkippedSecret,
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
export { steersProcess } from "./steering-names.ts";
export type { GetValuesOptions, SecretValues } from "./values.ts";
export type { ListSecretVersionsOptions, ListSecretVersionsResponse } from "./versions.ts";
export type {
  CreateSecretOptions,
  CreateSecretsOptions,
  DeleteSecretOptions,
  DeleteSecretsOptions,
  NewSecret,
  SecretChange,
  SecretFields,
  SecretToDelete,
  UpdateSecretOptions,
  UpdateSecretsMode,
  UpdateSecretsOptions,
  WriteSecretOptions,
} from "./write-options.ts";
