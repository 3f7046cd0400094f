import type { JWTPayload } from "jose";
import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { toBase64Url, utf8 } from "../engine/bytes.ts";
import {
  type Check,
  checked,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
  schemaOf,
  text,
} from "../engine/check.ts";
import { loadJose } from "../engine/jose.ts";
import { SigningKeys, signingAlgorithms } from "./signing-keys.ts";

const keyId: Check<string | null> = schemaOf(text).nullable();

const issueTokenOptions = object({
  /**
   * When the token expires, in seconds from now; a negative number for a token that has expired.
   *
   * @defaultValue 300
   */
  expiresIn: optional(number),
  /**
   * When the token starts to be valid, in seconds from now.
   *
   * @defaultValue 0
   */
  notBefore: optional(number),
  /**
   * The `kid` of the header; `null` for a header without one.
   *
   * @defaultValue the id of the key that signs
   */
  keyId: optional(keyId),
  /**
   * The algorithm of the signature.
   *
   * @defaultValue "RS256"
   */
  algorithm: optional(oneOf(...signingAlgorithms)),
  /**
   * What is wrong with the token's form: text that is not a JWT, three parts of which the last is empty, the signature
   * of another token, or the algorithm `none`.
   *
   * @defaultValue nothing
   */
  shape: optional(oneOf("not-a-jwt", "no-signature", "wrong-signature", "no-algorithm")),
});

/**
 * How a token is signed, and how it is wrong on purpose.
 *
 * @example
 * import { createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const issuer = createTestTokenIssuer();
 * const soon = Math.floor(Date.now() / 1000) + 60;
 * const early = await issuer.issueToken({ sub: "a-job" }, { algorithm: "ES256", keyId: null, notBefore: soon });
 * const broken = await issuer.issueToken({ sub: "a-job" }, { shape: "wrong-signature" });
 */
export interface IssueTokenOptions extends ObjectOf<typeof issueTokenOptions.fields> {}

/** The claims of a token. One that is `undefined` is left out. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** A JSON Web Key Set: the public keys of an issuer. */
export interface JsonWebKeySet {
  /** The keys. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** An issuer of OpenID Connect tokens. */
export interface TokenIssuer {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /**
   * Issues a JWT.
   *
   * @param claims - Claims besides `iss`, `iat`, `nbf` and `exp`, or in their place; `sub` is `test` by default.
   * @param options - The lifetime and the form of the token.
   * @returns The signed token.
   * @throws TypeError when an option is unknown or not valid; the message names it.
   */
  issueToken(claims?: TokenClaims, options?: IssueTokenOptions): Promise<string>;
  /** Replaces its keys. The old ones are no longer in its JWKS. */
  rotateKeys(): Promise<void>;
  /** Returns its public keys as its JWKS, one for each algorithm. */
  jwks(): Promise<JsonWebKeySet>;
  /** Returns its public keys in PEM form, for the `publicKeys` of a `jwtAuth` seed. */
  publicKeys(): Promise<string[]>;
}

export const discoveryPath = "/.well-known/openid-configuration";
export const jwksPath = "/.well-known/jwks.json";

/** The part of a token after its last dot. */
const signaturePart = /[^.]+$/;

/** Issues tokens by a clock, and serves what is needed to verify them. */
export class ClockedIssuer implements TokenIssuer {
  readonly #issuer: () => string;
  readonly #now: () => number;
  readonly #keys = new SigningKeys();

  constructor(issuer: () => string, now: () => number) {
    this.#issuer = issuer;
    this.#now = now;
  }

  get issuer(): string {
    return this.#issuer();
  }

  async issueToken(claims: TokenClaims = {}, options: IssueTokenOptions = {}): Promise<string> {
    const {
      expiresIn = 300,
      notBefore = 0,
      algorithm = "RS256",
      shape,
      ...form
    } = checked("issueToken()", issueTokenOptions, options);
    if (shape === "not-a-jwt") return "not-a-jwt";
    const now = Math.floor(this.#now() / 1000);
    const times = { iat: now, nbf: now + notBefore, exp: now + expiresIn };
    const payload: JWTPayload = { iss: this.issuer, sub: "test", ...times, ...claims };
    const own = await this.#keys.of(algorithm);
    const { keyId: kid = own.keyId } = form;
    const header = { typ: "JWT", ...(kid !== null && { kid }) };
    if (shape === "no-algorithm") return `${encoded({ ...header, alg: "none" })}.${encoded(payload)}.c2ln`;
    const { importJWK, SignJWT } = await loadJose();
    const key = await importJWK(own.jwk, algorithm);
    const sign = (content: JWTPayload): Promise<string> =>
      new SignJWT(content).setProtectedHeader({ ...header, alg: algorithm }).sign(key);
    const token = await sign(payload);
    if (shape === "no-signature") return token.replace(signaturePart, "");
    if (shape !== "wrong-signature") return token;
    const [signature = ""] = signaturePart.exec(await sign({ ...payload, jti: "another token" })) ?? [];
    return token.replace(signaturePart, signature);
  }

  rotateKeys(): Promise<void> {
    return this.#keys.rotate();
  }

  async jwks(): Promise<JsonWebKeySet> {
    return { keys: await this.#keys.jwks() };
  }

  publicKeys(): Promise<string[]> {
    return this.#keys.pem();
  }

  /** The discovery document, with the address of the JWKS under the one at which the request arrived. */
  discovery({ headers }: Call): Readonly<Record<string, unknown>> {
    const { host } = headers;
    const origin = host === undefined ? this.issuer.replace(/\/$/, "") : `http://${host}`;
    return {
      issuer: this.issuer,
      jwks_uri: `${origin}${jwksPath}`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: signingAlgorithms,
    };
  }

  /** Answers a request for the discovery document or the JWKS. */
  async answer(call: Call): Promise<HttpResponse> {
    const isRead = call.method === "GET" || call.method === "HEAD";
    if (isRead && call.path === discoveryPath) return jsonResponse(call, 200, this.discovery(call));
    if (isRead && call.path === jwksPath) return jsonResponse(call, 200, await this.jwks());
    return jsonResponse(call, 404, { error: "not_found" });
  }
}

function encoded(part: object): string {
  return toBase64Url(utf8(JSON.stringify(part)));
}
