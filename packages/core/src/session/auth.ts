import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { readOption } from "../errors/make-error.ts";
import type { Lifetime } from "../lifetime.ts";
import { assertStrategy } from "../options.ts";
import type { Session } from "./session.ts";
import { parseAccessToken } from "./token.ts";

/**
 * Who a client acts as. It is one object for the client's whole life, so a reference to it never goes stale.
 *
 * @typeParam Client - The client itself, which the methods return.
 */
export interface Auth<Client> {
  /**
   * Logs in now. Calls made until then wait for it.
   *
   * @param strategy - How to log in; a different one makes the client another identity. Defaults to
   * the strategy in use.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused the login.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: no strategy was given, now or before.
   */
  login(strategy?: AuthStrategy): Promise<Client>;
  /**
   * Gets a fresh token now: renews the current one if that brings a full lifetime, otherwise logs in again.
   *
   * There is no need to call it: the session does so itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} The server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: there is neither a token nor a strategy.
   */
  renew(): Promise<Client>;
  /**
   * Revokes the current token on the server and forgets it. The next call logs in again.
   *
   * @throws {InfisicalSDKRequestError} The server could not revoke it; the token is kept.
   */
  revoke(): Promise<void>;
  /**
   * Uses a token from elsewhere from now on, as long as the server accepts it.
   *
   * @param token - The token, without `Bearer`.
   * @returns The client.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a token.
   */
  accessToken(token: string): Client;
  /** Returns the token in use; `null` before the first login. It is a credential: do not log it. */
  getAccessToken(): string | null;
}

/** Creates the `auth()` object of a client. */
export function createAuth<Client>(
  session: Session,
  lifetime: Pick<Lifetime, "call">,
  client: () => Client,
): Auth<Client> {
  return {
    login: async (strategy) => {
      if (strategy !== undefined) readOption("strategy", () => assertStrategy("strategy", strategy));
      await lifetime.call(() => session.login(strategy));
      return client();
    },
    renew: async () => {
      await lifetime.call(() => session.renew());
      return client();
    },
    revoke: () => lifetime.call(() => session.revoke()),
    accessToken: (token) => {
      session.useToken(parseAccessToken("accessToken", token));
      return client();
    },
    getAccessToken: () => session.accessToken ?? null,
  };
}
