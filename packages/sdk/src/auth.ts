import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import { type UniversalAuthOptions, universalAuth } from "@infisical/auth-universal";
import type { Auth, AuthStrategy } from "@infisical/core";
import { own, readOption, requireUnquoted } from "@infisical/core/authoring";

/** Logs in with Universal Auth. */
export interface UniversalAuthClient<Client> {
  /**
   * Logs in with the client id and client secret of a machine identity.
   *
   * @param options - The credentials.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused them.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: a credential is missing.
   */
  login(options: UniversalAuthOptions): Promise<Client>;
  /**
   * Gets a fresh token now; the session also does this by itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: no login took place before.
   */
  renew(): Promise<Client>;
}

/** Logs in with AWS IAM. */
export interface AwsIamAuthClient<Client> {
  /**
   * Logs in as a machine identity that AWS vouches for.
   *
   * @param options - The identity, by default that of `INFISICAL_MACHINE_IDENTITY_ID`, and the AWS credentials and
   * region, by default those that AWS's own tools find.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server, or AWS, refused.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: identity, region or credentials cannot be found.
   */
  login(options?: AwsIamAuthOptions): Promise<Client>;
  /**
   * Gets a fresh token now; the session also does this by itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: no login took place before.
   */
  renew(): Promise<Client>;
}

/** The result of `auth()`: the session, and a login for each auth method. */
export interface AuthClient<Client> extends Auth<Client> {
  /** Universal Auth: a client id and a client secret. */
  readonly universalAuth: UniversalAuthClient<Client>;
  /** AWS IAM: AWS vouches for the role or user as which the program runs. */
  readonly awsIamAuth: AwsIamAuthClient<Client>;
}

/** Adds the documented login methods to the session of a client. */
export function withLogins<Client>(session: Auth<Client>): AuthClient<Client> {
  const { login, renew } = session;
  return {
    ...session,
    universalAuth: { login: async (options) => login(universalAuth(options)), renew },
    awsIamAuth: {
      async login(options) {
        // Created before the client switches to it: a wrong option must not end the session in use.
        const { awsIamAuth } = await import("@infisical/auth-aws");
        return login(awsIamAuth(options));
      },
      renew,
    },
  };
}

/**
 * Logs in with AWS IAM: AWS vouches for the role or user as which the program runs.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the AWS credentials to use; missing ones are looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { awsIamAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: awsIamAuth({ identityId: "id" }) });
 */
export function awsIamAuth(options?: AwsIamAuthOptions): AuthStrategy {
  const identityId = readOption("identityId", () => own(options ?? {}).identityId);
  if (identityId !== undefined) requireUnquoted("identityId", identityId, "INFISICAL_MACHINE_IDENTITY_ID");
  return {
    name: "aws-auth",
    async login(context) {
      const { awsIamAuth } = await import("@infisical/auth-aws");
      return awsIamAuth(options).login(context);
    },
  };
}
