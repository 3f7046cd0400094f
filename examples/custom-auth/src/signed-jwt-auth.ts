import type { AuthStrategy } from "@infisical/core";
import { defineStrategy, optionError, requireText } from "@infisical/core/authoring";
import { isPrivateKeyPem, type JwtAlgorithm, signJwt } from "./sign-jwt.ts";

/** Who logs in, and what the JWT that proves it says. */
export interface SignedJwtAuthOptions {
  /** The id of the machine identity, which has JWT Auth with the public key on the server. */
  readonly identityId: string;
  /** The private key as PEM (PKCS #8, `BEGIN PRIVATE KEY`). */
  readonly privateKey: string;
  /** What the server's configuration binds the issuer to. */
  readonly issuer: string;
  /** What the server's configuration binds the subject to. */
  readonly subject: string;
  /** What the server's configuration binds the audience to. */
  readonly audience: string;
  /**
   * The kind of the key.
   *
   * @defaultValue "RS256"
   */
  readonly algorithm?: JwtAlgorithm | undefined;
  /**
   * How long a JWT is good for, in seconds; it is used at once, so a short time will do.
   *
   * @defaultValue 60
   */
  readonly lifetime?: number | undefined;
}

/**
 * Logs in with JWT Auth: a JWT that is signed anew for every login.
 *
 * @param options - Who logs in; checked here, used only when the session logs in.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one is missing or malformed. The message never repeats the key.
 */
export function signedJwtAuth(options: SignedJwtAuthOptions): AuthStrategy {
  const { identityId, privateKey, issuer, subject, audience, algorithm = "RS256", lifetime = 60 } = options;
  for (const [name, value] of Object.entries({ identityId, issuer, subject, audience }))
    requireText(name, value);
  if (!isPrivateKeyPem(privateKey)) throw optionError("privateKey", "must be a private key as PEM (PKCS #8)");
  if (algorithm !== "RS256" && algorithm !== "ES256") {
    throw optionError("algorithm", 'must be "RS256" or "ES256"', algorithm);
  }
  if (!Number.isInteger(lifetime) || lifetime < 1) {
    throw optionError("lifetime", "must be a whole number of seconds, 1 or more", lifetime);
  }
  return defineStrategy("jwt-auth", { identityId }, async ({ clock }) => {
    const now = Math.floor((clock?.now() ?? Date.now()) / 1000);
    const claims = { iss: issuer, sub: subject, aud: audience, iat: now, exp: now + lifetime };
    const jwt = await signJwt(claims, privateKey, algorithm).catch(() => {
      throw optionError("privateKey", `must hold a key that can sign with ${algorithm}`);
    });
    return { jwt };
  });
}
