import type { UniversalAuthOptions } from "@infisical/auth-universal";
import type { CallOptions, LoginResponse } from "@infisical/core";
import type { KmsKey, SigningAlgorithm } from "@infisical/kms";
import type {
  CreateEnvironmentOptions,
  CreateFolderOptions,
  CreateProjectOptions,
  Environment,
  Folder,
  InviteMemberToProjectOptions,
  ListFoldersOptions,
  Membership,
  Project,
} from "@infisical/projects";
import type {
  CreateSecretOptions,
  DeleteSecretOptions,
  GetSecretOptions,
  ListSecretsOptions,
  UpdateSecretOptions,
} from "@infisical/secrets";

// Type names of the official SDK that the packages themselves have no use for.

/** Options as they go over the wire of the older routes, which call a project a workspace. */
type WorkspaceRequest<Options> = Omit<Options, "projectId" | keyof CallOptions> & {
  readonly workspaceId: string;
};

/** A reply of the server, whose field a method gives alone. */
type Reply<Field extends string, Value> = Readonly<Record<Field, Value>>;

/** Options as they go over the wire. */
type BareRequest<Options> = Omit<Options, keyof CallOptions>;

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

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateEnvironmentOptions}.
 */
export type CreateEnvironmentRequest = BareRequest<CreateEnvironmentOptions>;

/** The server's reply to `environments().create()`, which gives the environment alone. */
export type CreateEnvironmentResponse = Reply<"environment", Environment> &
  Reply<"message" | "workspace", string>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateProjectOptions}.
 */
export type CreateProjectRequest = BareRequest<CreateProjectOptions>;

/** The server's reply to `projects().create()`, which gives the project alone. */
export type CreateProjectResponse = Reply<"project", Project>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link InviteMemberToProjectOptions}.
 */
export type InviteMembersRequest = BareRequest<InviteMemberToProjectOptions>;

/** The server's reply to `projects().inviteMembers()`, which gives the memberships alone. */
export type InviteMembersResponse = Reply<"memberships", Membership[]>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateFolderOptions}.
 */
export type CreateFolderRequest = WorkspaceRequest<CreateFolderOptions>;

/** The server's reply to `folders().create()`, which gives the folder alone. */
export type CreateFolderResponse = Reply<"folder", Folder>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link ListFoldersOptions}.
 */
export type ListFoldersRequest = WorkspaceRequest<ListFoldersOptions>;

/** The server's reply to `folders().listFolders()`, which gives the folders alone. */
export type ListFoldersResponse = Reply<"folders", Folder[]>;

/** The server's reply to `kms().keys().create()`, which gives the key alone. */
export type CreateKmsKeyResponse = Reply<"key", KmsKey>;

/** The server's reply to `kms().keys().delete()`, which gives the key alone. */
export type DeleteKmsKeyResponse = Reply<"key", KmsKey>;

/** The server's reply to `kms().keys().getByName()`, which gives the key alone. */
export type GetKmsKeyByNameResponse = Reply<"key", KmsKey>;

/** The server's reply to `kms().encryption().encrypt()`, which gives the ciphertext alone. */
export type KmsEncryptDataResponse = Reply<"ciphertext", string>;

/** The server's reply to `kms().encryption().decrypt()`, which gives the plaintext alone. */
export type KmsDecryptDataResponse = Reply<"plaintext", string>;

/** The server's reply to `kms().signing().listSigningAlgorithms()`, which gives the algorithms alone. */
export type KmsListSigningAlgorithmsResponse = Reply<"signingAlgorithms", SigningAlgorithm[]>;

/** The server's reply to `kms().signing().getPublicKey()`, which gives the key alone. */
export type KmsGetPublicKeyResponse = Reply<"publicKey", string>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link UniversalAuthOptions}.
 */
export type UniversalAuthLoginRequest = UniversalAuthOptions;

/**
 * What the official SDK gets for this call.
 *
 * @deprecated Use {@link LoginResponse}.
 */
export type UniversalAuthLoginResponse = LoginResponse;

/** What an AWS IAM login sends: a signed request to AWS STS, for the server to send on. */
export type AwsIamAuthLoginRequest = {
  /** The machine identity's id. */
  readonly identityId: string;
  /** `"POST"`. */
  readonly iamHttpRequestMethod: string;
  /** The signed request's body, in base64. */
  readonly iamRequestBody: string;
  /** The signed request's headers as JSON, in base64. */
  readonly iamRequestHeaders: string;
};

/**
 * What the official SDK gets for this call.
 *
 * @deprecated Use {@link LoginResponse}.
 */
export type AwsIamAuthLoginResponse = LoginResponse;

/** What a renewal sends. */
export type TokenRenewRequest = Pick<LoginResponse, "accessToken">;

/**
 * What the official SDK gets for this call.
 *
 * @deprecated Use {@link LoginResponse}.
 */
export type TokenRenewResponse = LoginResponse;
