import type { AuthStrategy } from "./auth-strategy.ts";
import { checkStrategy } from "./check-strategy.ts";
import { checkAccessToken, type Session } from "./session/session.ts";

/**
 * Who a client acts as. One object for the client's whole life: a reference to it never goes stale.
 *
 * @typeParam Client - The client itself, which the methods give back.
 */
export interface Auth<Client> {
  /**
   * Logs in now. Calls made meanwhile wait for it.
   *
   * @param strategy - How to log in; another one than before makes the client another identity. Defaults to
   * the strategy in use.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused the login.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: no strategy was given, now or before.
   */
  login(strategy?: AuthStrategy): Promise<Client>;
  /**
   * Gets a fresh token now: renews the current one where that gives a full lifetime, else logs in again.
   *
   * There is no need to call it: the session does so by itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} The server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: there is neither a token nor a strategy.
   */
  renew(): Promise<Client>;
  /**
   * Ends the current token's life on the server and forgets it. The next call logs in again.
   *
   * @throws {InfisicalSDKRequestError} The server could not be asked; the token is kept.
   */
  revoke(): Promise<void>;
  /**
   * Uses a token from elsewhere from now on, as long as the server takes it.
   *
   * @param token - The token, without `Bearer`.
   * @returns The client.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a token.
   */
  accessToken(token: string): Client;
  /** Gives the token in use; `null` before the first login. It is a credential: do not log it. */
  getAccessToken(): string | null;
}

/** Makes the `auth()` object of a client. */
export function createAuth<Client>(session: Session, client: () => Client): Auth<Client> {
  return {
    login: async (strategy) => {
      if (strategy !== undefined) checkStrategy("strategy", strategy);
      await session.login(strategy);
      return client();
    },
    renew: async () => {
      await session.renew();
      return client();
    },
    revoke: () => session.revoke(),
    accessToken: (token) => {
      session.useToken(checkAccessToken(token));
      return client();
    },
    getAccessToken: () => session.identity.current?.value ?? null,
  };
}
