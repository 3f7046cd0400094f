import type { UniversalAuthOptions } from "@infisical/auth-universal";
import type { LoginResponse } from "@infisical/core";

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
