import type { AuthStrategy, LoginResponse } from "../contracts/auth-strategy.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import { optionError } from "../errors/make-error.ts";
import { fieldsOf } from "../support/call-options.ts";
import { readJwt, toTime } from "../support/json-web-token.ts";

/** An access token and what is known about its life. Times are in milliseconds since 1970. */
export interface Token {
  readonly value: string;
  /** `undefined` if unknown: the token is used until the server refuses it. */
  readonly expiresAt: number | undefined;
  /** From here on, a refresh can run alongside the calls. */
  readonly refreshAt: number | undefined;
  /** Whether a renewal at that time would still bring a full lifetime. */
  canRenew(now: number): boolean;
  /** When this token or the one it was renewed from was issued. */
  readonly loggedInAt: number;
  /** How many more calls can use it; infinite if the server does not say. */
  usesLeft: number;
  /** Whose token it is, if it says so. */
  readonly identityId?: string | undefined;
  /** The organization that it is for, if it says so. */
  readonly organizationId?: string | undefined;
}

const longestRefreshWindow = 30_000;

/**
 * Reads the server's response to a login, or to a renewal of a token from an earlier login.
 *
 * @param response - The response.
 * @param now - When it arrived, by the client's clock.
 * @param loggedInAt - When the login was, by the client's clock.
 * @param serverNow - When it arrived, by the server's own clock; `undefined` if that is unknown.
 */
export function tokenFromResponse(
  response: LoginResponse,
  now: number,
  loggedInAt: number = now,
  serverNow?: number,
): Token {
  const lifetime = lifetimeOf(response, now, serverNow);
  const window = Math.min(longestRefreshWindow, (lifetime ?? 0) / 10);
  // A fleet that started together does not refresh together.
  const jitteredWindow = window * (1 - Math.random() / 2);
  return {
    value: response.accessToken,
    expiresAt: lifetime === undefined ? undefined : now + lifetime,
    refreshAt: lifetime === undefined ? undefined : now + lifetime - jitteredWindow,
    canRenew: (at) => lifetime !== undefined && budgetLeft(response, loggedInAt, at) >= lifetime,
    loggedInAt,
    usesLeft: usesOf(response.accessToken),
    ...ownerOf(response.accessToken),
  };
}

/** A token that the caller provided: all that is known is what it says itself. */
export function tokenFromCaller(value: string, now: number): Token {
  return {
    value,
    expiresAt: jwtTimes(value).expiresAt,
    refreshAt: undefined,
    canRenew: () => true,
    loggedInAt: now,
    usesLeft: Number.POSITIVE_INFINITY,
  };
}

/** Lifetimes outside these bounds, in milliseconds, make no sense: servers allow 10 years at most. */
const shortestLifetime = 1000;
const longestLifetime = 10 * 366 * 24 * 60 * 60_000;

/**
 * The shorter of what the JWT says and what the response says: current servers cap the JWT below `expiresIn`, older
 * servers sign it for the whole renewable span but end it after `expiresIn`.
 */
function lifetimeOf(
  { accessToken, expiresIn }: LoginResponse,
  now: number,
  serverNow: number | undefined,
): number | undefined {
  const { issuedAt, expiresAt } = jwtTimes(accessToken);
  const stated = [
    span(issuedAt ?? serverNow ?? now, expiresAt),
    // A token may be older than its login. Only the server's clock tells: the client's may be wrong.
    span(serverNow, expiresAt),
    typeof expiresIn === "number" ? expiresIn * 1000 : undefined,
  ].filter(isLifetime);
  return stated.length === 0 ? undefined : Math.min(...stated);
}

function span(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : to - from;
}

function isLifetime(milliseconds: number | undefined): milliseconds is number {
  return milliseconds !== undefined && milliseconds >= shortestLifetime && milliseconds <= longestLifetime;
}

/** Tokens with a limited number of uses state it in their own claim. */
function usesOf(accessToken: string): number {
  const { numUsesLimit } = readJwt(accessToken).claims;
  const isLimit = typeof numUsesLimit === "number" && numUsesLimit >= 1;
  return isLimit ? Math.floor(numUsesLimit) : Number.POSITIVE_INFINITY;
}

/** What a token says about its owner, for events, which show no other text of a server. */
function ownerOf(accessToken: string): Pick<Token, "identityId" | "organizationId"> {
  const { identityId, orgId } = readJwt(accessToken).claims;
  return { identityId: toUuid(identityId), organizationId: toUuid(orgId) };
}

function toUuid(claim: unknown): string | undefined {
  return typeof claim === "string" && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(claim)
    ? claim
    : undefined;
}

function budgetLeft({ accessTokenMaxTTL }: LoginResponse, loggedInAt: number, at: number): number {
  if (typeof accessTokenMaxTTL !== "number") return 0;
  return accessTokenMaxTTL === 0 ? Number.POSITIVE_INFINITY : loggedInAt + accessTokenMaxTTL * 1000 - at;
}

interface JwtTimes {
  readonly issuedAt: number | undefined;
  readonly expiresAt: number | undefined;
}

/** A token's `iat` and `exp` in milliseconds; both `undefined` if it is not a JWT. */
function jwtTimes(token: string): JwtTimes {
  const { iat, exp } = readJwt(token).claims;
  return { issuedAt: toTime(iat), expiresAt: toTime(exp) };
}

/** Whether the server refused the token itself, so that it did nothing and a new login can help. */
export function isTokenRefusal(error: unknown): error is InfisicalSDKRequestError {
  return error instanceof InfisicalSDKRequestError && error.code === "UNAUTHORIZED";
}

/** Whether a value can be sent as a token in an Authorization header. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

/** Checks a token that the caller provided. It is never repeated in an error. */
export function parseAccessToken(option: string, token: unknown): string {
  if (isToken(token)) return token;
  throw optionError(option, 'must be a token as the server issued it, without "Bearer "');
}

/** The options of {@link tokenAuth}. */
export interface TokenAuthOptions {
  /** The access token, without `Bearer`. */
  readonly token: string;
}

const parseTokenAuthOptions = fieldsOf({
  token: (option, value) => parseAccessToken(option, value as string),
});

/**
 * Uses an existing token, such as one that another program obtained, as a way to log in.
 *
 * Nothing is sent at a login. The token is used until the server refuses it, and never renewed.
 *
 * @param options - The token.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a token. The message never repeats it.
 *
 * @example
 * import { createClient, tokenAuth } from "@infisical/core";
 * const client = createClient({ auth: tokenAuth({ token: "token-from-elsewhere" }) });
 */
export function tokenAuth(options: TokenAuthOptions): AuthStrategy {
  const { token: accessToken } = parseTokenAuthOptions("", options) as TokenAuthOptions;
  return { name: "token", login: async () => ({ accessToken }) };
}
