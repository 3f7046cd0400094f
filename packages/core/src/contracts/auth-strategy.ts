import {
  type InfisicalErrorCode,
  type InfisicalSDKRequestError,
  isInfisicalError,
} from "../errors/errors.ts";
import { rewordRequestError } from "../errors/make-error.ts";
import { own } from "../support/call-options.ts";
import { parseOrganizationSlug, requireUnquoted } from "../support/check.ts";
import type { Clock } from "../support/time.ts";
import type { HttpClient, HttpRequest } from "./http-client.ts";
import type { Transport } from "./transport.ts";

/** The server's response to a login, unchanged. */
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

/** How a login reaches Infisical, where that is not how the client's other requests do. */
export interface LoginRoute {
  /**
   * The address that paths are appended to, by the rules of the client's `siteUrl`.
   *
   * @defaultValue the client's `siteUrl`
   */
  readonly siteUrl?: string | undefined;
  /**
   * What sends the requests. The strategy closes it.
   *
   * @defaultValue the client's
   */
  readonly transport?: Transport | undefined;
}

/** What a strategy is given to log in with. */
export interface LoginContext {
  /** Sends requests to Infisical, without a token. */
  readonly http: HttpClient;
  /** Where `http` sends them, such as `https://app.infisical.com`. */
  readonly siteUrl: string;
  /**
   * Creates an HTTP client that is like `http` in all but its route: for a login that needs an origin or a connection of its
   * own.
   *
   * @param route - Where the requests go, and what sends them.
   * @returns The HTTP client, with the time limit, the retries, the events and the limits of `http`.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: `siteUrl` is not an address.
   */
  readonly httpVia: (route: LoginRoute) => HttpClient;
  /**
   * Sends one request to any address, such as a metadata service or a token endpoint.
   *
   * It is the client's `transport` where one was given, with its proxy if it has one. Otherwise it is the platform's,
   * which goes through no proxy. It has no time limit: pass it a signal that has one.
   */
  readonly transport: Transport;
  /** Aborts when the login is no longer wanted; pass it to every request. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The client's clock, for a proof that states the time.
   *
   * Where it was read and then turns out to be wrong, a refused login is repeated once by the server's clock.
   */
  readonly clock?: Clock | undefined;
  /**
   * Returns the time by the same clock, in milliseconds since 1970, for checks: a proof that was only checked by it is
   * not presented again.
   */
  readonly now?: (() => number) | undefined;
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
   * Names who logs in, before the login: a text that stands for one identity and one method, and for nothing else. It must
   * not contain a credential. Clients with the same subject can share what they read, across processes.
   *
   * @defaultValue unknown: nothing is shared
   */
  readonly subject?: string | undefined;
  /**
   * Logs in once and returns the server's response.
   *
   * @param context - An HTTP client without a token, a transport, and a signal.
   * @returns The server's response.
   * @throws {InfisicalSDKRequestError} What `http.request` throws.
   */
  login(context: LoginContext): Promise<LoginResponse>;
}

/** The options that the logins of machine identities have in common. */
export interface StrategyOptions {
  /** The id of the machine identity; left out by methods that do not need it. */
  readonly identityId?: string | undefined;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization that the identity was created in
   */
  readonly organizationSlug?: string | undefined;
}

/** The options that logins have in common whose identity can be named by the environment. */
export interface IdentityOptions extends StrategyOptions {
  /**
   * The id of the machine identity, a UUID.
   *
   * @defaultValue the variable `INFISICAL_MACHINE_IDENTITY_ID`
   */
  readonly identityId?: string | undefined;
}

/** What a method knows about a failed login that the server does not say. */
export interface LoginAdvice {
  /** What a person should check, as sentences after the server's own text. It must not contain a credential. */
  readonly advice: string;
  /**
   * `AUTH_FAILED` for a refused proof, whatever the status; `SERVER_ERROR` for an outage that has a status of a refusal.
   *
   * @defaultValue the error's own
   */
  readonly code?: Extract<InfisicalErrorCode, "AUTH_FAILED" | "SERVER_ERROR"> | undefined;
}

/**
 * Creates an auth strategy from the one thing that distinguishes a method: its proof.
 *
 * The strategy posts the proof to `/api/v1/auth/<name>/login`, together with `identityId` and `organizationSlug`, and
 * expects an `accessToken`. The login's signal is passed on.
 *
 * @param name - The method's name in the API, such as `ldap-auth`.
 * @param options - `identityId` and `organizationSlug`, which are checked here; a method without an identity id leaves
 * the field out.
 * @param proof - Returns the other fields of the login's body. It is called at every login, so the proof is always
 * fresh.
 * @param explain - Returns what to add to the error of a failed login, given the error and the proof; `undefined` to
 * leave it as it is.
 * @param sending - `{ idempotent: false }` if a proof must not be sent again while the outcome is unknown, because wrong
 * ones are counted. By default, it is.
 * @returns The strategy.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` or `organizationSlug` breaks a rule.
 *
 * @example
 * import { defineStrategy, requireText } from "@infisical/core/authoring";
 * const ldapAuth = ({ identityId, username, password }: Record<"identityId" | "username" | "password", string>) => {
 *   requireText("username", username);
 *   requireText("password", password, "LDAP_PASSWORD");
 *   return defineStrategy("ldap-auth", { identityId }, () => ({ username, password }));
 * };
 */
export function defineStrategy<Proof extends object>(
  name: string,
  options: StrategyOptions,
  proof: (context: LoginContext) => Proof | Promise<Proof>,
  explain?: (error: InfisicalSDKRequestError, proof: Proof) => LoginAdvice | undefined,
  sending: Pick<HttpRequest, "idempotent"> = {},
): AuthStrategy {
  const organizationSlug = parseOrganizationSlug(own(options).organizationSlug);
  const identity = Object.hasOwn(options, "identityId") && {
    identityId: requireUnquoted("identityId", options.identityId).trim(),
  };
  return {
    name,
    subject: identity ? JSON.stringify([name, identity.identityId, organizationSlug]) : undefined,
    login: async (context) => {
      const proven = await proof(context);
      try {
        return await context.http.request<LoginResponse>({
          ...sending,
          method: "POST",
          path: `/api/v1/auth/${name}/login`,
          body: { ...identity, ...proven, organizationSlug },
          signal: context.signal,
          expect: { accessToken: "string" },
        });
      } catch (error) {
        if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") throw error;
        const { advice, code } = explain?.(error, proven) ?? {};
        throw advice === undefined ? error : withAdvice(error, advice, code);
      }
    },
  };
}

function withAdvice(error: InfisicalSDKRequestError, advice: string, code?: InfisicalErrorCode) {
  return rewordRequestError(error, (text) => `${text.replace(/\.?$/, ".")} ${advice}`, code);
}
