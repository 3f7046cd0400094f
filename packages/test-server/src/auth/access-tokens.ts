import { tokenError, unauthorized } from "../api/api-error.ts";
import type { Identifiers } from "../api/server-state.ts";
import type { TestClock } from "../engine/clock.ts";
import { randomBytes } from "../engine/crypto.ts";
import type { Identity, TokenLifetimes } from "./identities.ts";
import { algorithmOf, signToken, TokenFlaw } from "./json-web-token.ts";

/** An auth method as its tokens show it. */
export interface TokenSettings extends TokenLifetimes {
  readonly authMethod: string;
  /** Only Universal Auth has one. */
  readonly clientSecretId?: string;
  /** What some methods tell about the proof. */
  readonly identityAuth?: Readonly<Record<string, unknown>> | undefined;
}

/** The response to a login or a renewal. */
export interface LoginResponse {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly accessTokenMaxTTL: number;
  readonly tokenType: "Bearer";
}

/** One login. Its renewed tokens share its id and its counters. */
interface Grant {
  readonly id: string;
  readonly identity: Identity;
  readonly settings: TokenSettings;
  readonly creationEpoch: number;
  uses: number;
  revoked: boolean;
}

/** An access token. */
export interface IssuedToken {
  readonly grant: Grant;
  /** In seconds since 1970. */
  expiresAt: number;
}

/** The longest lifetime of one token, whatever its settings: 90 days, in seconds. */
export const longestLifetime = 7_776_000;

/** The maximum lifetime that a login reports for tokens without one. */
const endless = 1_000_000_000;

/** Every access token that the server has issued. */
export class AccessTokens {
  readonly #key = randomBytes(32);
  readonly #issued = new Map<string, IssuedToken>();
  readonly #clock: TestClock;
  readonly #identifiers: Identifiers;
  readonly #organizationId: string;

  constructor(clock: TestClock, identifiers: Identifiers, organizationId: string) {
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#organizationId = organizationId;
  }

  /** Issues a first token. The response repeats the configured lifetimes, as the real server's does. */
  login(identity: Identity, settings: TokenSettings): LoginResponse {
    const id = this.#identifiers.uuid();
    const creationEpoch = this.#seconds();
    const grant: Grant = { id, identity, settings, creationEpoch, uses: 0, revoked: false };
    const expiresIn = settings.accessTokenPeriod || settings.accessTokenTTL;
    return { ...this.#issue(grant, lifetime(grant, creationEpoch)), expiresIn };
  }

  /** Issues a new token with the same id and a later expiry, within the maximum lifetime. */
  renew(accessToken: string): LoginResponse {
    const { grant } = this.#verified(accessToken);
    if (grant.revoked) throw unauthorized("Cannot renew: token has been revoked");
    if (isExhausted(grant)) throw unauthorized("Cannot renew exhausted access token");
    const seconds = lifetime(grant, this.#seconds());
    if (seconds <= 0) throw unauthorized("Cannot renew: identity access token has reached its max TTL");
    return this.#issue(grant, seconds);
  }

  /** Revokes a token and every renewal of it. Revoking it again changes nothing. */
  revoke(accessToken: string): void {
    this.#verified(accessToken).grant.revoked = true;
  }

  /** The identity of this token. Every call counts as a use. */
  authenticate(accessToken: string): Identity {
    const grant = this.#usable(accessToken);
    grant.uses += 1;
    return grant.identity;
  }

  /** Throws unless the token could be used once more. */
  requireUsable(accessToken: string): void {
    this.#usable(accessToken);
  }

  /** Every token with what is known of it, in the order in which they were issued. */
  all(): [accessToken: string, issued: IssuedToken][] {
    return [...this.#issued];
  }

  /** Expires one token immediately, or all of them. */
  expireNow(accessToken?: string): void {
    for (const issued of this.#select(accessToken)) issued.expiresAt = 0;
  }

  /** Revokes one token with its renewals, or all of them. */
  revokeNow(accessToken?: string): void {
    for (const { grant } of this.#select(accessToken)) grant.revoked = true;
  }

  #usable(accessToken: string): Grant {
    const { grant } = this.#verified(accessToken);
    if (grant.revoked) throw unauthorized("Failed to authorize: token has been revoked");
    if (isExhausted(grant)) throw unauthorized("Failed to authorize: token usage limit reached");
    return grant;
  }

  #select(accessToken: string | undefined): Iterable<IssuedToken> {
    if (accessToken === undefined) return this.#issued.values();
    const issued = this.#issued.get(accessToken);
    if (!issued) throw new Error("This server has issued no such token");
    return [issued];
  }

  #verified(accessToken: string): IssuedToken {
    const issued = this.#issued.get(accessToken);
    if (issued && this.#seconds() < issued.expiresAt) return issued;
    const flaw = issued ? "jwt expired" : flawOf(accessToken);
    throw tokenError(flaw);
  }

  #issue(grant: Grant, seconds: number): LoginResponse {
    const { identity, settings } = grant;
    const { authMethod, accessTokenTTL, accessTokenMaxTTL, accessTokenPeriod } = settings;
    const iat = this.#seconds();
    const exp = iat + seconds;
    const claims = {
      identityId: identity.id,
      identityName: identity.name,
      authMethod,
      orgId: this.#organizationId,
      rootOrgId: this.#organizationId,
      parentOrgId: this.#organizationId,
      clientSecretId: settings.clientSecretId ?? "",
      identityAccessTokenId: grant.id,
      ipRestrictionEnabled: false,
      accessTokenTTL,
      accessTokenMaxTTL,
      accessTokenPeriod,
      creationEpoch: grant.creationEpoch,
      authTokenType: "identityAccessToken",
      identityAuth: settings.identityAuth ?? {},
      ...(settings.accessTokenNumUsesLimit > 0 && { numUsesLimit: settings.accessTokenNumUsesLimit }),
      iat,
      exp,
      jti: grant.id,
    };
    const accessToken = signToken(claims, this.#key);
    // A renewal within the same second has the same claims, and so it is the same token.
    if (!this.#issued.has(accessToken)) this.#issued.set(accessToken, { grant, expiresAt: exp });
    const maximum = accessTokenPeriod > 0 ? endless : accessTokenMaxTTL;
    return { accessToken, expiresIn: seconds, accessTokenMaxTTL: maximum, tokenType: "Bearer" };
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}

/** What is wrong with a token that this server has not issued. */
function flawOf(accessToken: string): string {
  try {
    return /^HS(?:256|384|512)$/.test(algorithmOf(accessToken)) ? "invalid signature" : "invalid algorithm";
  } catch (error) {
    if (error instanceof TokenFlaw) return error.message;
    throw error;
  }
}

/** How many seconds a token issued now lives; 0 or less if its grant has reached the maximum. */
function lifetime({ settings, creationEpoch }: Grant, now: number): number {
  const { accessTokenTTL, accessTokenMaxTTL, accessTokenPeriod } = settings;
  if (accessTokenPeriod > 0) return Math.min(accessTokenPeriod, longestLifetime);
  const left = accessTokenMaxTTL > 0 ? creationEpoch + accessTokenMaxTTL - now : longestLifetime;
  return Math.min(accessTokenTTL || longestLifetime, left, longestLifetime);
}

/** Whether the tokens of a grant have been used as often as they can be. */
export function isExhausted({ settings, uses }: Grant): boolean {
  return settings.accessTokenNumUsesLimit > 0 && uses >= settings.accessTokenNumUsesLimit;
}
