export type {
  CreateSecretOptions,
  DeleteSecretOptions,
  GetSecretOptions,
  ListSecretsOptions,
  ListSecretsWithImportsOptions,
  ReadSecretOptions,
  SecretLocation,
  UpdateSecretOptions,
  WriteSecretOptions,
} from "./options.ts";
export {
  type ImportedSecret,
  type Secret,
  type SecretActor,
  type SecretImport,
  type SecretMetadata,
  type SecretTag,
  SecretType,
} from "./secret.ts";
export { type SecretsPlugin, secrets } from "./secrets.ts";
export type { ListSecretsResponse, SecretResponse, SecretsApi } from "./secrets-api.ts";
