/** What a JWT says about itself, unverified. */
export interface JwtContent {
  /** The id of the signing key; `undefined` if there is none. */
  readonly keyId: unknown;
  /** The claims; an object without any if the token cannot be read. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Reads a JWT without verifying it.
 *
 * @param token - The JWT; any other text has no claims.
 * @returns Its claims, and the id of the key that signed it.
 *
 * @example
 * import { readJwt } from "@infisical/core/logins";
 * const { claims } = readJwt("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhcHAifQ.");
 * console.log(claims["sub"]); // app
 */
export function readJwt(token: string): JwtContent {
  const [header = "", payload = ""] = token.split(".");
  return { keyId: parsePart(header)["kid"], claims: parsePart(payload) };
}

function parsePart(part: string): Readonly<Record<string, unknown>> {
  try {
    const bytes = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    // Not by a TextDecoder, which Jest's pages do not have.
    const escaped = bytes.replace(/./gs, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
    const content: unknown = JSON.parse(decodeURIComponent(escaped));
    return typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A time of a JWT in milliseconds since 1970; `undefined` if the claim is not a number. */
export function toTime(seconds: unknown): number | undefined {
  return Number.isFinite(seconds) ? (seconds as number) * 1000 : undefined;
}

/**
 * Describes a JWT by the claims that identify it, for errors. The token itself is never shown.
 *
 * @param content - What the token says about itself.
 * @returns Its issuer, subject, audience and key, as far as it has them, such as `issuer https://ci.test, subject app`;
 * an empty text if it has none of them.
 *
 * @example
 * import { describeJwt, readJwt } from "@infisical/core/logins";
 * describeJwt(readJwt("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhcHAifQ.")); // "subject app"
 */
export function describeJwt({ claims, keyId }: JwtContent): string {
  const named = { issuer: claims["iss"], subject: claims["sub"], audience: claims["aud"], key: keyId };
  return Object.entries(named)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name} ${shown(value).slice(0, 300)}`)
    .join(", ");
}

/** Not by String() for objects: a claim can have a field `toString`. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
