import type { Clock } from "./clock.ts";
import type { HttpClient } from "./http-client.ts";

/** The server's reply to a login, as it is. */
export interface LoginResponse {
  /** The access token. */
  readonly accessToken: string;
  /** The token's lifetime, in seconds; 0 means unknown. */
  readonly expiresIn?: number;
  /** How long the token can be kept alive by renewing, in seconds from the login; 0 means for ever. */
  readonly accessTokenMaxTTL?: number;
  /** `"Bearer"`. */
  readonly tokenType?: string;
}

/** What a strategy is given to log in with. */
export interface LoginContext {
  /** Sends requests without a token. */
  readonly http: HttpClient;
  /** Aborts when the login is no longer wanted; hand it to every request. */
  readonly signal?: AbortSignal | undefined;
  /** The client's clock, for a proof that states the time. */
  readonly clock?: Clock | undefined;
}

/**
 * A way to log in. It holds no token, no timer and no cache: the session owns those.
 *
 * @example
 * import { type AuthStrategy, createClient } from "@infisical/core";
 * const tokenFromVault: AuthStrategy = {
 *   name: "jwt-auth",
 *   login: ({ http, signal }) =>
 *     http.request({
 *       method: "POST",
 *       path: "/api/v1/auth/jwt-auth/login",
 *       body: { identityId: "id", jwt: "signed elsewhere" },
 *       signal,
 *       expect: { accessToken: "string" },
 *     }),
 * };
 * createClient({ auth: tokenFromVault });
 */
export interface AuthStrategy {
  /** The method's name, for error messages. */
  readonly name: string;
  /**
   * Logs in once and gives the server's reply.
   *
   * @param context - An HTTP client without a token, and a signal.
   * @returns The server's reply.
   * @throws {InfisicalSDKRequestError} What `http.request` throws.
   */
  login(context: LoginContext): Promise<LoginResponse>;
}
