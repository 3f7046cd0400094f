import { type UniversalAuthOptions, universalAuth } from "@infisical/auth-universal";
import type { Auth } from "@infisical/core";

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
   */
  renew(): Promise<Client>;
}

/** What `auth()` gives: the session, and a login for each auth method. */
export interface AuthClient<Client> extends Auth<Client> {
  /** Universal Auth: a client id and a client secret. */
  readonly universalAuth: UniversalAuthClient<Client>;
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
  };
}
