import type {
  CreateDynamicSecretLeaseOptions,
  CreateDynamicSecretOptions,
  CreateLeaseResponse,
  DeleteDynamicSecretLeaseOptions,
  DeleteDynamicSecretOptions,
  DeleteLeaseResponse,
  DynamicSecret,
  DynamicSecretProvider,
  RenewDynamicSecretLeaseOptions,
} from "@infisical/dynamic-secrets";

/** The official SDK's name for {@link DynamicSecretProvider}. */
export type TDynamicSecretProvider = DynamicSecretProvider;

/** The server's response to creating a dynamic secret; `create` gives what is in it. */
export interface CreateDynamicSecretResponse {
  /** The dynamic secret. */
  readonly dynamicSecret: DynamicSecret;
}

/** The server's response to deleting a dynamic secret; `delete` gives what is in it. */
export type DeleteDynamicSecretResponse = CreateDynamicSecretResponse;

/**
 * The name that {@link CreateDynamicSecretResponse} had in version 3 of the official SDK.
 *
 * @deprecated Use `CreateDynamicSecretResponse`.
 */
export type ApiV1DynamicSecretsPost200Response = CreateDynamicSecretResponse;

/**
 * The name that {@link DeleteDynamicSecretResponse} had in version 3 of the official SDK.
 *
 * @deprecated Use `DeleteDynamicSecretResponse`.
 */
export type ApiV1DynamicSecretsDelete200Response = DeleteDynamicSecretResponse;

/**
 * The name that {@link CreateLeaseResponse} had in version 3 of the official SDK.
 *
 * @deprecated Use `CreateLeaseResponse`.
 */
export type ApiV1DynamicSecretsLeasesPost200Response = CreateLeaseResponse;

/**
 * The name that {@link DeleteLeaseResponse} had in version 3 of the official SDK.
 *
 * @deprecated Use `DeleteLeaseResponse`.
 */
export type ApiV1DynamicSecretsLeasesLeaseIdDelete200Response = DeleteLeaseResponse;

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
