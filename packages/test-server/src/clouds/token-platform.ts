import { z } from "zod";
import type { Call, HttpResponse } from "../api/http.ts";
import { toBase64Url } from "../engine/bytes.ts";
import { accepting, number, optional, record } from "../engine/check.ts";
import { clockOptions, type TestClockOptions } from "../engine/clock.ts";
import { randomBytes } from "../engine/crypto.ts";
import { StandInService } from "./stand-in.ts";
import type { TokenClaims, TokenIssuer } from "./token-issuer.ts";

/** The options of all stand-ins for platforms that issue tokens. */
export const tokenPlatformFields = {
  /** Who signs the tokens, such as what `createTestTokenIssuer` returns. Its clock dates them. */
  issuer: accepting<TokenIssuer>(z.custom(isIssuer, "must be a token issuer")),
  /**
   * Claims of the tokens, besides those of the platform or in their place.
   *
   * @defaultValue none
   */
  claims: optional(record(accepting<unknown>(z.unknown()))),
  /**
   * How long the tokens live, in seconds; a negative number for tokens that have expired.
   *
   * @defaultValue as long as the platform's own
   */
  expiresIn: optional(number),
  /**
   * The clock by which requests are logged and delayed, and tokens of others are verified.
   *
   * @defaultValue the clock runs with real time
   */
  clock: optional<TestClockOptions>(clockOptions),
} as const;

interface TokenPlatformOptions {
  readonly issuer: TokenIssuer;
  readonly claims?: TokenClaims | undefined;
  readonly expiresIn?: number | undefined;
  readonly clock?: TestClockOptions | undefined;
}

/** Issues a token with the platform's claims. */
export type Issue = (claims: TokenClaims) => Promise<string>;

/** A stand-in for a platform that issues tokens. */
export class TokenPlatform extends StandInService {
  /**
   * @param name - The platform's name in the ids of requests.
   * @param lifetime - How long the platform's own tokens live, in seconds.
   * @param answering - Returns what answers the requests, by the platform's clock.
   */
  constructor(
    name: string,
    { issuer, claims, expiresIn, clock }: TokenPlatformOptions,
    lifetime: number,
    answering: (issue: Issue, now: () => number) => (call: Call) => Promise<HttpResponse>,
  ) {
    super(name, clock, (now) =>
      answering((own) => issuer.issueToken({ ...own, ...claims }, { expiresIn: expiresIn ?? lifetime }), now),
    );
  }
}

/** A credential with which a job requests its token. */
export function requestToken(): string {
  return `request-${toBase64Url(randomBytes(30))}`;
}

/** A response in plain text. */
export function textResponse(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers: { "content-type": "text/plain", ...headers }, body };
}

/** One value of a query; `undefined` if it is missing or repeated. */
export function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The fields of a JSON body; none if it is not an object. */
export function jsonFields({ bodyText }: Call): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(bodyText ?? ""));
  } catch {
    return {};
  }
}

function isIssuer(value: unknown): boolean {
  return typeof (Object(value) as Partial<TokenIssuer>).issueToken === "function";
}
