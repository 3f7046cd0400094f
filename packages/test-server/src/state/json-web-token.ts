import { createHmac, timingSafeEqual } from "node:crypto";
import { tokenError } from "../http/api-error.ts";

/** The claims of an access token that the server reads. */
export interface AccessTokenClaims {
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly identityId: string;
  readonly authTokenType: string;
  readonly [claim: string]: unknown;
}

const header = encode({ alg: "HS256", typ: "JWT" });

/** Signs claims into a JSON Web Token (HS256). */
export function signToken(claims: AccessTokenClaims, key: Buffer): string {
  const content = `${header}.${encode(claims)}`;
  return `${content}.${signature(content, key).toString("base64url")}`;
}

/**
 * Verifies a JSON Web Token, in the order and with the messages of the real server.
 *
 * @param now - The time in seconds.
 * @throws ApiError 403 `TokenError`.
 */
export function verifyToken(token: string, key: Buffer, now: number): AccessTokenClaims {
  if (token === "") throw tokenError("jwt must be provided");
  const [encodedHeader, encodedClaims, encodedSignature, ...rest] = token.split(".");
  const tokenHeader = decode(encodedHeader);
  const claims = decode(encodedClaims);
  if (encodedSignature === undefined || rest.length > 0 || !tokenHeader || !claims) throw malformed();
  if (encodedSignature.trim() === "") throw tokenError("jwt signature is required");
  if (tokenHeader.alg !== "HS256") throw tokenError("invalid algorithm");
  const expected = signature(`${encodedHeader}.${encodedClaims}`, key);
  const presented = Buffer.from(encodedSignature, "base64url");
  if (presented.length !== expected.length || !timingSafeEqual(presented, expected)) {
    throw tokenError("invalid signature");
  }
  if (typeof claims.exp !== "number" || claims.exp <= now) throw expired();
  return claims as unknown as AccessTokenClaims;
}

/** The error of an expired token. */
export function expired(): Error {
  return tokenError("Your token has expired. Please re-authenticate.");
}

function malformed(): Error {
  return tokenError(
    "The provided access token is malformed. Please use a valid token or generate a new one and try again.",
  );
}

function signature(content: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(content).digest();
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string | undefined): { readonly alg?: unknown; readonly exp?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString());
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
