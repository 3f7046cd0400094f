import { randomBytes } from "node:crypto";
import type { TestClock } from "../clock.js";
import { unauthorized } from "../http/api-error.js";
import type { Identity } from "./entities.js";
import type { Identifiers } from "./identifiers.js";
import { expired, signToken, verifyToken } from "./json-web-token.js";

/** What an auth method says about the tokens it gives out. Times in seconds, 0 = no limit. */
export interface TokenSettings {
  readonly authMethod: string;
  readonly accessTokenTTL: number;
  readonly accessTokenMaxTTL: number;
  readonly accessTokenPeriod: number;
  readonly accessTokenNumUsesLimit: number;
  readonly clientSecretId: string | undefined;
}

/** The answer to a login and to a renewal, as it goes over the wire. */
export interface LoginReply {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly accessTokenMaxTTL: number;
  readonly tokenType: "Bearer";
}

/** One login. Its renewed tokens share the id and all that is counted. */
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

/** No token lives longer than this, whatever its settings say: ten years, in seconds. */
const instanceCeiling = 315_360_000;

/** Every access token the server has given out. */
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

  /** A first token. The reply echoes the configured lifetimes, as the real server's does. */
  login(identity: Identity, settings: TokenSettings): LoginReply {
    const id = this.#identifiers.uuid();
    const grant: Grant = { id, identity, settings, creationEpoch: this.#seconds(), uses: 0, revoked: false };
    const accessToken = this.#issue(grant, settings.accessTokenPeriod || settings.accessTokenTTL);
    return reply(accessToken, settings.accessTokenTTL, settings);
  }

  /** A new token with the same id and a later expiry, as far as the maximum lifetime leaves room. */
  renew(accessToken: string): LoginReply {
    const { grant } = this.#verified(accessToken);
    const { settings } = grant;
    if (grant.revoked) throw unauthorized("Cannot renew: token has been revoked");
    if (isExhausted(grant)) throw unauthorized("Cannot renew exhausted access token");
    const ttl = settings.accessTokenPeriod || this.#renewableSeconds(grant);
    if (ttl <= 0) throw unauthorized("Cannot renew: identity access token has reached its max TTL");
    return reply(this.#issue(grant, ttl), ttl, settings);
  }

  /** Ends a token and every renewal of it. */
  revoke(accessToken: string): void {
    const { grant } = this.#verified(accessToken);
    if (grant.revoked) throw unauthorized("No identity access token found");
    grant.revoked = true;
  }

  /** Who presents this token. Every call counts as a use. */
  authenticate(accessToken: string): Identity {
    const { grant } = this.#verified(accessToken);
    if (grant.revoked) throw unauthorized("No identity access token found");
    if (isExhausted(grant)) throw unauthorized("Failed to authorize: token usage limit reached");
    grant.uses += 1;
    return grant.identity;
  }

  /** Makes one token expired at once, or all of them. */
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
    if (!issued) throw new Error("This server has given out no such token");
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
        // Two renewals in one second would otherwise be the same string.
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

function reply(accessToken: string, expiresIn: number, settings: TokenSettings): LoginReply {
  return { accessToken, expiresIn, accessTokenMaxTTL: settings.accessTokenMaxTTL, tokenType: "Bearer" };
}
