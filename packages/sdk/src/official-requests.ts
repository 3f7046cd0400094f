import type { UniversalAuthOptions } from "@infisical/auth-universal";
import type { CallOptions, LoginResponse } from "@infisical/core";
import type {
  CreateDynamicSecretLeaseOptions,
  CreateDynamicSecretOptions,
  DeleteDynamicSecretLeaseOptions,
  DeleteDynamicSecretOptions,
  DynamicSecretProvider,
  RenewDynamicSecretLeaseOptions,
} from "@infisical/dynamic-secrets";
import type {
  CreateEnvironmentOptions,
  CreateFolderOptions,
  CreateProjectOptions,
  InviteMemberToProjectOptions,
  ListFoldersOptions,
} from "@infisical/projects";
import type {
  CreateSecretOptions,
  DeleteSecretOptions,
  GetSecretOptions,
  ListSecretsOptions,
  UpdateSecretOptions,
  WriteSecretOptions,
} from "@infisical/secrets";

/** Options without those of the call itself. */
type BareRequest<Options> = Omit<Options, keyof CallOptions>;

/** Options as the older routes name them: there, a project is a workspace. */
type WorkspaceRequest<Options> = Omit<Options, "projectId" | keyof CallOptions> & {
  readonly workspaceId: string;
};

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link UniversalAuthOptions}.
 */
export type UniversalAuthLoginRequest = UniversalAuthOptions;

/** The request of an AWS IAM login: a signed request to AWS STS, which the server sends. */
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

/** The request of a renewal. */
export type TokenRenewRequest = Pick<LoginResponse, "accessToken">;

/** The official SDK's name for {@link DynamicSecretProvider}. */
export type TDynamicSecretProvider = DynamicSecretProvider;

/** The official SDK's name for {@link CreateDynamicSecretOptions}. */
export type CreateDynamicSecretRequest = CreateDynamicSecretOptions;

/** The official SDK's name for {@link DeleteDynamicSecretOptions}. */
export type DeleteDynamicSecretRequest = DeleteDynamicSecretOptions;

/** The official SDK's name for {@link CreateDynamicSecretLeaseOptions}. */
export type CreateLeaseRequest = CreateDynamicSecretLeaseOptions;

/** The official SDK's name for {@link DeleteDynamicSecretLeaseOptions}. */
export type DeleteLeaseRequest = DeleteDynamicSecretLeaseOptions;

/** The official SDK's name for {@link RenewDynamicSecretLeaseOptions}. */
export type RenewLeaseRequest = RenewDynamicSecretLeaseOptions;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link CreateEnvironmentOptions}.
 */
export type CreateEnvironmentRequest = BareRequest<CreateEnvironmentOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link CreateProjectOptions}.
 */
export type CreateProjectRequest = BareRequest<CreateProjectOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link InviteMemberToProjectOptions}.
 */
export type InviteMembersRequest = BareRequest<InviteMemberToProjectOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link CreateFolderOptions}.
 */
export type CreateFolderRequest = WorkspaceRequest<CreateFolderOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link ListFoldersOptions}.
 */
export type ListFoldersRequest = WorkspaceRequest<ListFoldersOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link CreateSecretOptions}.
 */
export type CreateSecretRequest = WorkspaceRequest<CreateSecretOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link UpdateSecretOptions}.
 */
export type UpdateSecretRequest = WorkspaceRequest<UpdateSecretOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link DeleteSecretOptions}.
 */
export type DeleteSecretRequest = WorkspaceRequest<DeleteSecretOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link GetSecretOptions}.
 */
export type GetSecretRequest = WorkspaceRequest<GetSecretOptions>;

/**
 * The official SDK's request type of this call.
 *
 * @deprecated Use {@link ListSecretsOptions}.
 */
export type ListSecretsRequest = WorkspaceRequest<ListSecretsOptions>;

/** The official SDK's name for {@link WriteSecretOptions}. */
export type BaseSecretOptions = WriteSecretOptions;
