import type {
  CreateSecretOptions,
  DeleteSecretOptions,
  GetSecretOptions,
  ListSecretsOptions,
  ListSecretsResponse,
  SecretResponse,
  UpdateSecretOptions,
  WriteSecretOptions,
} from "@infisical/secrets";
import type { WorkspaceRequest } from "./shapes.ts";

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateSecretOptions}.
 */
export type CreateSecretRequest = WorkspaceRequest<CreateSecretOptions>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link UpdateSecretOptions}.
 */
export type UpdateSecretRequest = WorkspaceRequest<UpdateSecretOptions>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link DeleteSecretOptions}.
 */
export type DeleteSecretRequest = WorkspaceRequest<DeleteSecretOptions>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link GetSecretOptions}.
 */
export type GetSecretRequest = WorkspaceRequest<GetSecretOptions>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link ListSecretsOptions}.
 */
export type ListSecretsRequest = WorkspaceRequest<ListSecretsOptions>;

/** The documentation's name for what `createSecret` gives: a {@link SecretResponse}. */
export type CreateSecretResponse = SecretResponse;

/** The documentation's name for what `updateSecret` gives: a {@link SecretResponse}. */
export type UpdateSecretResponse = SecretResponse;

/** The documentation's name for what `deleteSecret` gives: a {@link SecretResponse}. */
export type DeleteSecretResponse = SecretResponse;

/** The server's response to a get, of which `getSecret` gives the `secret`: a {@link SecretResponse}. */
export type GetSecretResponse = SecretResponse;

/** The official SDK's name for {@link WriteSecretOptions}. */
export type BaseSecretOptions = WriteSecretOptions;

/**
 * The name that {@link ListSecretsResponse} had in version 3 of the official SDK.
 *
 * @deprecated Use `ListSecretsResponse`.
 */
export type ApiV3SecretsRawGet200Response = ListSecretsResponse;

/**
 * The name that {@link SecretResponse} had for writes in version 3 of the official SDK.
 *
 * @deprecated Use `SecretResponse`.
 */
export type ApiV3SecretsRawSecretNamePost200Response = SecretResponse;

/**
 * The name that {@link SecretResponse} had for a get in version 3 of the official SDK.
 *
 * @deprecated Use `SecretResponse`.
 */
export type ApiV3SecretsRawSecretNameGet200Response = SecretResponse;
