import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import { type UniversalAuthOptions, universalAuth } from "@infisical/auth-universal";
import type { Auth } from "@infisical/core";
import { awsIamAuth } from "./aws-iam-auth.ts";

/** Logs in with Universal Auth. */
export interface UniversalAuthClient<Client> {
  /**
   * Logs in with the client id and client secret of a machine identity.
   *
   * @param options - The credentials.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused them.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: one is missing.
   */
  login(options: UniversalAuthOptions): Promise<Client>;
  /**
   * Gets a fresh token now; the session also does so by itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: there was no login before.
   */
  renew(): Promise<Client>;
}

/** Logs in with AWS IAM. */
export interface AwsIamAuthClient<Client> {
  /**
   * Logs in as a machine identity that AWS vouches for.
   *
   * @param options - The identity, else `INFISICAL_MACHINE_IDENTITY_ID` names it, and where to find AWS credentials
   * and region if not where AWS's own tools look.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server, or AWS, refused.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: identity, region or credentials are nowhere to be found.
   */
  login(options?: AwsIamAuthOptions): Promise<Client>;
  /**
   * Gets a fresh token now; the session also does so by itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: there was no login before.
   */
  renew(): Promise<Client>;
}

/** What `auth()` gives: the session, and a login for each auth method. */
export interface AuthClient<Client> extends Auth<Client> {
  /** Universal Auth: a client id and a client secret. */
  readonly universalAuth: UniversalAuthClient<Client>;
  /** AWS IAM: AWS vouches for the role or user that the program runs as. */
  readonly awsIamAuth: AwsIamAuthClient<Client>;
}

/** Adds the documented login methods to the session of a client. */
export function createAuthClient<Client>(session: Auth<unknown>, client: Client): AuthClient<Client> {
  const login: AuthClient<Client>["login"] = async (strategy) => {
    await session.login(strategy);
    return client;
  };
  const renew = async (): Promise<Client> => {
    await session.renew();
    return client;
  };
  return {
    login,
    renew,
    revoke: session.revoke,
    accessToken: (token) => {
      session.accessToken(token);
      return client;
    },
    getAccessToken: session.getAccessToken,
    universalAuth: { login: async (options) => login(universalAuth(options)), renew },
    awsIamAuth: { login: async (options) => login(awsIamAuth(options)), renew },
  };
}
