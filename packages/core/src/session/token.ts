import type { LoginResponse } from "../auth-strategy.ts";
import { jwtTimes } from "./jwt.ts";

/** An access token and what is known of its life. Times are in milliseconds since 1970. */
export interface Token {
  readonly value: string;
  /** `undefined` if unknown: the token is used until the server refuses it. */
  readonly expiresAt: number | undefined;
  /** From here on, a refresh may run beside the calls. */
  readonly refreshAt: number | undefined;
  /** Whether a renewal at that time would still give a full lifetime. */
  canRenew(now: number): boolean;
  /** When this token or the one it was renewed from was issued. */
  readonly loggedInAt: number;
}

const longestRefreshWindow = 30_000;

/** Reads the server's reply to a login, or to a renewal of a token from an earlier login. */
export function tokenFromReply(reply: LoginResponse, now: number, loggedInAt: number = now): Token {
  const lifetime = lifetimeOf(reply, now);
  const window = Math.min(longestRefreshWindow, (lifetime ?? 0) / 10);
  // A fleet that started together does not refresh together.
  const jitteredWindow = window * (1 - Math.random() / 2);
  return {
    value: reply.accessToken,
    expiresAt: lifetime === undefined ? undefined : now + lifetime,
    refreshAt: lifetime === undefined ? undefined : now + lifetime - jitteredWindow,
    canRenew: (at) => lifetime !== undefined && budgetLeft(reply, loggedInAt, at) >= lifetime,
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
 * The earlier of what the JWT and what the reply says: newer servers cap the JWT below `expiresIn`, older
 * ones sign it for the whole renewable span and end it after `expiresIn` all the same.
 */
function lifetimeOf({ accessToken, expiresIn }: LoginResponse, now: number): number | undefined {
  const stated = [jwtLifetime(accessToken, now), positive(expiresIn)].filter((time) => time !== undefined);
  return stated.length === 0 ? undefined : Math.min(...stated);
}

function jwtLifetime(accessToken: string, now: number): number | undefined {
  const { issuedAt, expiresAt } = jwtTimes(accessToken);
  if (expiresAt === undefined) return undefined;
  // A fresh token that seems to be over already means that this machine's clock is ahead.
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
