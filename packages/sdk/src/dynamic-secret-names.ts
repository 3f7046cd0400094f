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

/** The documented name of {@link DynamicSecretProvider}. */
export type TDynamicSecretProvider = DynamicSecretProvider;

/** The server's reply to creating a dynamic secret; `create` gives what is in it. */
export interface CreateDynamicSecretResponse {
  /** The dynamic secret. */
  readonly dynamicSecret: DynamicSecret;
}

/** The server's reply to deleting a dynamic secret; `delete` gives what is in it. */
export type DeleteDynamicSecretResponse = CreateDynamicSecretResponse;

/** The documented name of {@link CreateDynamicSecretResponse}. */
export type ApiV1DynamicSecretsPost200Response = CreateDynamicSecretResponse;

/** The documented name of {@link DeleteDynamicSecretResponse}. */
export type ApiV1DynamicSecretsDelete200Response = DeleteDynamicSecretResponse;

/** The documented name of {@link CreateLeaseResponse}. */
export type ApiV1DynamicSecretsLeasesPost200Response = CreateLeaseResponse;

/** The documented name of {@link DeleteLeaseResponse}. */
export type ApiV1DynamicSecretsLeasesLeaseIdDelete200Response = DeleteLeaseResponse;

/** Another name of {@link CreateDynamicSecretOptions}. */
export type CreateDynamicSecretRequest = CreateDynamicSecretOptions;

/** Another name of {@link DeleteDynamicSecretOptions}. */
export type DeleteDynamicSecretRequest = DeleteDynamicSecretOptions;

/** Another name of {@link CreateDynamicSecretLeaseOptions}. */
export type CreateLeaseRequest = CreateDynamicSecretLeaseOptions;

/** Another name of {@link DeleteDynamicSecretLeaseOptions}. */
export type DeleteLeaseRequest = DeleteDynamicSecretLeaseOptions;

/** Another name of {@link RenewDynamicSecretLeaseOptions}. */
export type RenewLeaseRequest = RenewDynamicSecretLeaseOptions;
