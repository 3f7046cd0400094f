import type { Clock } from "../support/clock.ts";
import type { HttpClient } from "./http-client.ts";
import type { Transport } from "./transport.ts";

/** The server's response to a login, as it is. */
export interface LoginResponse {
  /** The access token. */
  readonly accessToken: string;
  /** The token's lifetime, in seconds; 0 means unknown. */
  readonly expiresIn?: number;
  /** How long the token can be kept alive by renewing, in seconds from the login; 0 means no limit. */
  readonly accessTokenMaxTTL?: number;
  /** `"Bearer"`. */
  readonly tokenType?: string;
}

/** What a strategy is given to log in with. */
export interface LoginContext {
  /** Sends requests to Infisical, without a token. */
  readonly http: HttpClient;
  /**
   * Sends one request to any address, such as a metadata service or a token endpoint.
   *
   * It is the client's `transport` where one was given, with its proxy if it has one. Otherwise it is the platform's,
   * which goes through no proxy. It has no time limit: pass it a signal that has one.
   */
  readonly transport: Transport;
  /** Aborts when the login is no longer wanted; pass it to every request. */
  readonly signal?: AbortSignal | undefined;
  /** The client's clock, for a proof that states the time. */
  readonly clock?: Clock | undefined;
}

/**
 * A way to log in. It holds no token, no timer and no cache: the session owns those.
 *
 * Most methods are written with `defineStrategy` of `@infisical/core/authoring`.
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
   * Logs in once and returns the server's response.
   *
   * @param context - An HTTP client without a token, a transport, and a signal.
   * @returns The server's response.
   * @throws {InfisicalSDKRequestError} What `http.request` throws.
   */
  login(context: LoginContext): Promise<LoginResponse>;
}
