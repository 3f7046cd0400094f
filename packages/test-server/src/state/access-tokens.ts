import { randomBytes } from "node:crypto";
import type { TestClock } from "../clock.ts";
import { unauthorized } from "../http/api-error.ts";
import type { Identity } from "./entities.ts";
import type { Identifiers } from "./identifiers.ts";
import { expired, signToken, verifyToken } from "./json-web-token.ts";

/** The settings of an auth method for the tokens it issues. Times are in seconds; 0 means no limit. */
export interface TokenSettings {
  readonly authMethod: string;
  readonly accessTokenTTL: number;
  readonly accessTokenMaxTTL: number;
  readonly accessTokenPeriod: number;
  readonly accessTokenNumUsesLimit: number;
  readonly clientSecretId: string | undefined;
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

interface IssuedToken {
  readonly grant: Grant;
  expired: boolean;
}

/** The longest lifetime of a token, whatever its settings: ten years, in seconds. */
const instanceCeiling = 315_360_000;

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
    const grant: Grant = { id, identity, settings, creationEpoch: this.#seconds(), uses: 0, revoked: false };
    const accessToken = this.#issue(grant, settings.accessTokenPeriod || settings.accessTokenTTL);
    return loginResponse(accessToken, settings.accessTokenTTL, settings);
  }

  /** Issues a new token with the same id and a later expiry, within the maximum lifetime. */
  renew(accessToken: string): LoginResponse {
    const { grant } = this.#verified(accessToken);
    const { settings } = grant;
    if (grant.revoked) throw unauthorized("Cannot renew: token has been revoked");
    if (isExhausted(grant)) throw unauthorized("Cannot renew exhausted access token");
    const ttl = settings.accessTokenPeriod || this.#renewableSeconds(grant);
    if (ttl <= 0) throw unauthorized("Cannot renew: identity access token has reached its max TTL");
    return loginResponse(this.#issue(grant, ttl), ttl, settings);
  }

  /** Revokes a token and every renewal of it. */
  revoke(accessToken: string): void {
    const { grant } = this.#verified(accessToken);
    if (grant.revoked) throw unauthorized("No identity access token found");
    grant.revoked = true;
  }

  /** The identity of this token. Every call counts as a use. */
  authenticate(accessToken: string): Identity {
    const { grant } = this.#verified(accessToken);
    if (grant.revoked) throw unauthorized("No identity access token found");
    if (isExhausted(grant)) throw unauthorized("Failed to authorize: token usage limit reached");
    grant.uses += 1;
    return grant.identity;
  }

  /** Expires one token immediately, or all of them. */
  expireNow(accessToken?: string): void {
    for (const issued of this.#select(accessToken)) issued.expired = true;
  }

  /** Revokes one token with its renewals, or all of them. */
  revokeNow(accessToken?: string): void {
    for (const issued of this.#select(accessToken)) issued.grant.revoked = true;
  }

  #select(accessToken: string | undefined): Iterable<IssuedToken> {
    if (accessToken === undefined) return this.#issued.values();
    const issued = this.#issued.get(accessToken);
    if (!issued) throw new Error("This server has issued no such token");
    return [issued];
  }

  #verified(accessToken: string): IssuedToken {
    verifyToken(accessToken, this.#key, this.#clock.now() / 1000);
    const issued = this.#issued.get(accessToken);
    if (!issued) throw unauthorized("No identity access token found");
    if (issued.expired) throw expired();
    return issued;
  }

  #renewableSeconds(grant: Grant): number {
    const { accessTokenTTL, accessTokenMaxTTL } = grant.settings;
    const budget =
      accessTokenMaxTTL > 0 ? grant.creationEpoch + accessTokenMaxTTL - this.#seconds() : instanceCeiling;
    return Math.min(accessTokenTTL || instanceCeiling, budget, instanceCeiling);
  }

  #issue(grant: Grant, ttl: number): string {
    const { identity, settings } = grant;
    const iat = this.#seconds();
    const accessToken = signToken(
      {
        identityId: identity.id,
        identityName: identity.name,
        authMethod: settings.authMethod,
        orgId: this.#organizationId,
        rootOrgId: this.#organizationId,
        parentOrgId: this.#organizationId,
        clientSecretId: settings.clientSecretId ?? "",
        identityAccessTokenId: grant.id,
        ipRestrictionEnabled: false,
        accessTokenTTL: settings.accessTokenTTL,
        accessTokenMaxTTL: settings.accessTokenMaxTTL,
        accessTokenPeriod: settings.accessTokenPeriod,
        creationEpoch: grant.creationEpoch,
        authTokenType: "identityAccessToken",
        identityAuth: {},
        ...(settings.accessTokenNumUsesLimit > 0 && { numUsesLimit: settings.accessTokenNumUsesLimit }),
        // Two renewals in the same second would otherwise return the same string.
        serial: this.#issued.size,
        jti: grant.id,
        iat,
        exp: iat + Math.min(ttl || instanceCeiling, instanceCeiling),
      },
      this.#key,
    );
    this.#issued.set(accessToken, { grant, expired: false });
    return accessToken;
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}

function isExhausted({ settings, uses }: Grant): boolean {
  return settings.accessTokenNumUsesLimit > 0 && uses >= settings.accessTokenNumUsesLimit;
}

function loginResponse(accessToken: string, expiresIn: number, settings: TokenSettings): LoginResponse {
  return { accessToken, expiresIn, accessTokenMaxTTL: settings.accessTokenMaxTTL, tokenType: "Bearer" };
}
