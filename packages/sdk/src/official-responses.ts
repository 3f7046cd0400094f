import type { LoginResponse } from "@infisical/core";
import type { CreateLeaseResponse, DeleteLeaseResponse, DynamicSecret } from "@infisical/dynamic-secrets";
import type { KmsKey, SigningAlgorithm } from "@infisical/kms";
import type { Environment, Folder, Membership, Project } from "@infisical/projects";
import type { ListSecretsResponse, SecretResponse } from "@infisical/secrets";

/** A response of the server; the method returns only its field. */
type ResponseOf<Field extends string, Value> = Readonly<Record<Field, Value>>;

/**
 * The official SDK's response type of this call.
 *
 * @deprecated Use {@link LoginResponse}.
 */
export type UniversalAuthLoginResponse = LoginResponse;

/**
 * The official SDK's response type of this call.
 *
 * @deprecated Use {@link LoginResponse}.
 */
export type AwsIamAuthLoginResponse = LoginResponse;

/**
 * The official SDK's response type of this call.
 *
 * @deprecated Use {@link LoginResponse}.
 */
export type TokenRenewResponse = LoginResponse;

/** The server's response to creating a dynamic secret; `create` returns its content. */
export interface CreateDynamicSecretResponse {
  /** The dynamic secret. */
  readonly dynamicSecret: DynamicSecret;
}

/** The server's response to deleting a dynamic secret; `delete` returns its content. */
export type DeleteDynamicSecretResponse = CreateDynamicSecretResponse;

/**
 * The name of {@link CreateDynamicSecretResponse} in version 3 of the official SDK.
 *
 * @deprecated Use `CreateDynamicSecretResponse`.
 */
export type ApiV1DynamicSecretsPost200Response = CreateDynamicSecretResponse;

/**
 * The name of {@link DeleteDynamicSecretResponse} in version 3 of the official SDK.
 *
 * @deprecated Use `DeleteDynamicSecretResponse`.
 */
export type ApiV1DynamicSecretsDelete200Response = DeleteDynamicSecretResponse;

/**
 * The name of {@link CreateLeaseResponse} in version 3 of the official SDK.
 *
 * @deprecated Use `CreateLeaseResponse`.
 */
export type ApiV1DynamicSecretsLeasesPost200Response = CreateLeaseResponse;

/**
 * The name of {@link DeleteLeaseResponse} in version 3 of the official SDK.
 *
 * @deprecated Use `DeleteLeaseResponse`.
 */
export type ApiV1DynamicSecretsLeasesLeaseIdDelete200Response = DeleteLeaseResponse;

/** The server's response to `kms().keys().create()`, which returns only the key. */
export type CreateKmsKeyResponse = ResponseOf<"key", KmsKey>;

/** The server's response to `kms().keys().delete()`, which returns only the key. */
export type DeleteKmsKeyResponse = ResponseOf<"key", KmsKey>;

/** The server's response to `kms().keys().getByName()`, which returns only the key. */
export type GetKmsKeyByNameResponse = ResponseOf<"key", KmsKey>;

/** The server's response to `kms().encryption().encrypt()`, which returns only the ciphertext. */
export type KmsEncryptDataResponse = ResponseOf<"ciphertext", string>;

/** The server's response to `kms().encryption().decrypt()`, which returns only the plaintext. */
export type KmsDecryptDataResponse = ResponseOf<"plaintext", string>;

/** The server's response to `kms().signing().listSigningAlgorithms()`, which returns only the algorithms. */
export type KmsListSigningAlgorithmsResponse = ResponseOf<"signingAlgorithms", SigningAlgorithm[]>;

/** The server's response to `kms().signing().getPublicKey()`, which returns only the key. */
export type KmsGetPublicKeyResponse = ResponseOf<"publicKey", string>;

/** The server's response to `environments().create()`, which returns only the environment. */
export type CreateEnvironmentResponse = ResponseOf<"environment", Environment> &
  ResponseOf<"message" | "workspace", string>;

/** The server's response to `projects().create()`, which returns only the project. */
export type CreateProjectResponse = ResponseOf<"project", Project>;

/** The server's response to `projects().inviteMembers()`, which returns only the memberships. */
export type InviteMembersResponse = ResponseOf<"memberships", Membership[]>;

/** The server's response to `folders().create()`, which returns only the folder. */
export type CreateFolderResponse = ResponseOf<"folder", Folder>;

/** The server's response to `folders().listFolders()`, which returns only the folders. */
export type ListFoldersResponse = ResponseOf<"folders", Folder[]>;

/** The documentation's name for the {@link SecretResponse} of `createSecret`. */
export type CreateSecretResponse = SecretResponse;

/** The documentation's name for the {@link SecretResponse} of `updateSecret`. */
export type UpdateSecretResponse = SecretResponse;

/** The documentation's name for the {@link SecretResponse} of `deleteSecret`. */
export type DeleteSecretResponse = SecretResponse;

/** The server's response to a get: a {@link SecretResponse}, of which `getSecret` returns the `secret`. */
export type GetSecretResponse = SecretResponse;

/**
 * The name of {@link ListSecretsResponse} in version 3 of the official SDK.
 *
 * @deprecated Use `ListSecretsResponse`.
 */
export type ApiV3SecretsRawGet200Response = ListSecretsResponse;

/**
 * The name of {@link SecretResponse} for writes in version 3 of the official SDK.
 *
 * @deprecated Use `SecretResponse`.
 */
export type ApiV3SecretsRawSecretNamePost200Response = SecretResponse;

/**
 * The name of {@link SecretResponse} for a get in version 3 of the official SDK.
 *
 * @deprecated Use `SecretResponse`.
 */
export type ApiV3SecretsRawSecretNameGet200Response = SecretResponse;
