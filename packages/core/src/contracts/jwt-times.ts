import { InfisicalSDKError } from "../errors/errors.ts";
import { describeJwt, readJwt, toTime } from "../support/json-web-token.ts";
import type { LoginContext } from "./auth-strategy.ts";

/** The last response that a token source received. */
export interface Received {
  /** When it was sent, by its sender's clock, in milliseconds since 1970; `undefined` if it does not say. */
  readonly sentAt: number | undefined;
}

/**
 * Throws if a JWT is outside its times.
 *
 * A token that a platform has just issued is judged by the platform's clock, and none by a clock that is behind that of
 * its issuer: this machine's clock may be wrong.
 *
 * @param received - The platform's response with the token; `undefined` if the token was not requested just now.
 * @param advice - What to do if it has expired.
 */
export function assertTimely(
  jwt: string,
  received: Received | undefined,
  context: Pick<LoginContext, "now">,
  advice = "",
): void {
  const content = readJwt(jwt);
  const { claims } = content;
  const validFrom = toTime(claims["nbf"]);
  const validUntil = toTime(claims["exp"]);
  if (validFrom === undefined && validUntil === undefined) return;
  const issued = toTime(claims["iat"]);
  // Nothing is issued after it expires: such a time is in another unit, and servers ignore it.
  const issuedAt = issued !== undefined && issued < (validUntil ?? Infinity) ? issued : undefined;
  const byPlatform = received && (received.sentAt ?? issuedAt);
  const now = Math.max(byPlatform ?? context.now?.() ?? Date.now(), issuedAt ?? 0);
  const whose =
    byPlatform === undefined ? "this machine's clock, which may be wrong" : "the platform's clock";
  const fail = (rule: string, time: number): never => {
    const described = describeJwt(content);
    const token = described === "" ? "The token" : `The token (${described})`;
    throw refusedToken(`${token} ${rule} ${show(time)}; it is ${show(now)} by ${whose}. ${advice}`);
  };
  if (validUntil !== undefined && validUntil <= now) fail("expired at", validUntil);
  // Platforms state whole seconds.
  if (validFrom !== undefined && validFrom > now + 1000) fail("is not valid before", validFrom);
}

function show(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : `${time / 1000} s after 1970`;
}

/** The error of a token that is not worth sending. */
export function refusedToken(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
