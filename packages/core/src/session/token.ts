import type { LoginResponse } from "../contracts/auth-strategy.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import { optionError } from "../errors/option-error.ts";

/** An access token and what is known of its life. Times are in milliseconds since 1970. */
export interface Token {
  readonly value: string;
  /** `undefined` if unknown: the token is used until the server refuses it. */
  readonly expiresAt: number | undefined;
  /** From here on, a refresh can run alongside the calls. */
  readonly refreshAt: number | undefined;
  /** Whether a renewal at that time would still give a full lifetime. */
  canRenew(now: number): boolean;
  /** When this token or the one it was renewed from was issued. */
  readonly loggedInAt: number;
  /** For how many calls it is good; infinite where the server does not say. */
  usesLeft: number;
}

const longestRefreshWindow = 30_000;

/**
 * Reads the server's response to a login, or to a renewal of a token from an earlier login.
 *
 * @param response - The response.
 * @param now - When it arrived, by the client's clock.
 * @param loggedInAt - When the login was, by the client's clock.
 * @param serverNow - When it arrived by the server's own clock; `undefined` if it does not say.
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
  };
}

/** A token that the caller brought along: all that is known is what it says itself. */
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

/** Lifetimes out of these bounds, in milliseconds, make no sense: servers permit 10 years at most. */
const shortestLifetime = 1000;
const longestLifetime = 10 * 366 * 24 * 60 * 60_000;

/**
 * The shorter of what the JWT and what the response says: newer servers cap the JWT below `expiresIn`, older
 * ones sign it for the whole renewable span and end it after `expiresIn` nevertheless.
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

/** Tokens with few uses say how many in a claim of their own. */
function usesOf(accessToken: string): number {
  const { numUsesLimit } = claims(accessToken);
  const isLimit = typeof numUsesLimit === "number" && numUsesLimit >= 1;
  return isLimit ? Math.floor(numUsesLimit) : Number.POSITIVE_INFINITY;
}

function budgetLeft({ accessTokenMaxTTL }: LoginResponse, loggedInAt: number, at: number): number {
  if (typeof accessTokenMaxTTL !== "number" || !(accessTokenMaxTTL >= 0)) return 0;
  return accessTokenMaxTTL === 0 ? Number.POSITIVE_INFINITY : loggedInAt + accessTokenMaxTTL * 1000 - at;
}

interface JwtTimes {
  readonly issuedAt: number | undefined;
  readonly expiresAt: number | undefined;
}

/** Reads a token's `iat` and `exp` without verifying it, in milliseconds; nothing for a token that is not a JWT. */
function jwtTimes(token: string): JwtTimes {
  const { iat, exp } = claims(token);
  return { issuedAt: toTime(iat), expiresAt: toTime(exp) };
}

function claims(token: string): { iat?: unknown; exp?: unknown; numUsesLimit?: unknown } {
  const payload = token.split(".")[1] ?? "";
  try {
    const parsed: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function toTime(seconds: unknown): number | undefined {
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

/** Whether the server refused the token itself, so that nothing was carried out and a new login can help. */
export function isTokenRefusal(error: unknown): error is InfisicalSDKRequestError {
  return error instanceof InfisicalSDKRequestError && error.code === "UNAUTHORIZED";
}

/** Whether a value can stand in an Authorization header as a token. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

/** Checks a token that the caller brought along. It is never repeated in an error. */
export function parseAccessToken(option: string, token: unknown): string {
  if (isToken(token)) return token;
  throw optionError(option, 'must be a token as the server issued it, without "Bearer "');
}
