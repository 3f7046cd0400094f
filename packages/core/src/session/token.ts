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
}

const longestRefreshWindow = 30_000;

/** Reads the server's response to a login, or to a renewal of a token from an earlier login. */
export function tokenFromResponse(response: LoginResponse, now: number, loggedInAt: number = now): Token {
  const lifetime = lifetimeOf(response, now);
  const window = Math.min(longestRefreshWindow, (lifetime ?? 0) / 10);
  // A fleet that started together does not refresh together.
  const jitteredWindow = window * (1 - Math.random() / 2);
  return {
    value: response.accessToken,
    expiresAt: lifetime === undefined ? undefined : now + lifetime,
    refreshAt: lifetime === undefined ? undefined : now + lifetime - jitteredWindow,
    canRenew: (at) => lifetime !== undefined && budgetLeft(response, loggedInAt, at) >= lifetime,
    loggedInAt,
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
  };
}

/**
 * The earlier of what the JWT and what the response says: newer servers cap the JWT below `expiresIn`, older
 * ones sign it for the whole renewable span and end it after `expiresIn` nevertheless.
 */
function lifetimeOf({ accessToken, expiresIn }: LoginResponse, now: number): number | undefined {
  const stated = [jwtLifetime(accessToken, now), positive(expiresIn)].filter((time) => time !== undefined);
  return stated.length === 0 ? undefined : Math.min(...stated);
}

function jwtLifetime(accessToken: string, now: number): number | undefined {
  const { issuedAt, expiresAt } = jwtTimes(accessToken);
  if (expiresAt === undefined) return undefined;
  // A fresh token that looks expired already means that this machine's clock is ahead.
  if (expiresAt <= now && issuedAt !== undefined) return Math.max(0, expiresAt - issuedAt);
  return expiresAt - now;
}

function positive(seconds: number | undefined): number | undefined {
  return typeof seconds === "number" && seconds > 0 ? seconds * 1000 : undefined;
}

function budgetLeft({ accessTokenMaxTTL }: LoginResponse, loggedInAt: number, at: number): number {
  if (accessTokenMaxTTL === undefined) return 0;
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

function claims(token: string): { iat?: unknown; exp?: unknown } {
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

/** Checks a token that the caller brought along. It is never repeated in an error. */
export function parseAccessToken(option: string, token: unknown): string {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw optionError(option, 'must be a token as the server issued it, without "Bearer "');
}
