import { type InfisicalSDKRequestError, isInfisicalError } from "../errors/errors.ts";
import { optionError } from "../errors/make-error.ts";
import { requireUnquoted } from "../support/check.ts";
import { type JwtContent, readJwt } from "../support/json-web-token.ts";
import { abortable, isReasonOf } from "../support/wait.ts";
import {
  type AuthStrategy,
  defineStrategy,
  type LoginAdvice,
  type LoginContext,
  type StrategyOptions,
} from "./auth-strategy.ts";
import { assertTimely, type Received, refusedToken } from "./jwt-times.ts";
import { textOf, withoutTokens } from "./platform-request.ts";
import type { TokenSource, TokenSourceContext } from "./token-source.ts";

/** The options of logins that present a JWT of another platform. */
export interface JwtStrategyOptions extends StrategyOptions {
  /**
   * Where the JWT comes from, or the JWT itself.
   *
   * A source is asked at every login. A string cannot be renewed: logins fail once it has expired.
   */
  readonly token: TokenSource | string;
}

/**
 * Creates an auth strategy whose proof is a JWT of another platform, in the field `jwt` of the login's body.
 *
 * A token that has expired, or is not yet valid, is not sent.
 *
 * @param name - The method's name in the API, such as `oidc-auth`.
 * @param options - The token or its source, `identityId` and `organizationSlug`; checked here.
 * @param explain - Returns what to add to the error of a failed login, given the error and what the token says about
 * itself; `undefined` to leave it as it is.
 * @returns The strategy.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule. The message never repeats the token.
 *
 * @example
 * import { jwtStrategy } from "@infisical/core/logins";
 * import type { TokenSource } from "@infisical/core";
 * const acmeAuth = (identityId: string, token: TokenSource) => jwtStrategy("oidc-auth", { identityId, token });
 */
export function jwtStrategy(
  name: string,
  options: JwtStrategyOptions,
  explain?: (error: InfisicalSDKRequestError, jwt: JwtContent) => LoginAdvice | undefined,
): AuthStrategy {
  const { token, ...shared } = options;
  const source = parseTokenSource("token", token);
  const explainOrNot = (error: InfisicalSDKRequestError, { jwt }: { readonly jwt: string }) =>
    explain?.(error, readJwt(jwt));
  return defineStrategy(name, shared, (context) => freshToken(source, context), explainOrNot);
}

/**
 * Checks an option that is a token source, or a token.
 *
 * @param option - The option's name, for the error.
 * @param token - The option.
 * @returns The source, or the token without white space around it.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is neither. The message never repeats it.
 *
 * @example
 * import { parseTokenSource } from "@infisical/core/logins";
 * const source = parseTokenSource("token", async () => "the platform's token");
 */
export function parseTokenSource(option: string, token: unknown): TokenSource | string {
  if (typeof token === "function") return token as TokenSource;
  if (typeof token !== "string") throw optionError(option, "must be a token source (a function) or a JWT");
  return requireUnquoted(option, token, "INFISICAL_JWT").trim();
}

async function freshToken(source: TokenSource | string, context: LoginContext): Promise<{ jwt: string }> {
  if (typeof source === "string") {
    assertTimely(source, undefined, context, cannotRenew);
    return { jwt: source };
  }
  const { watched, lastResponse } = watch(context);
  const jwt = parseToken(await abortable(ask(source, watched), context.signal));
  assertTimely(jwt, lastResponse(), context);
  return { jwt };
}

const cannotRenew = "A string cannot be renewed: pass a token source (a function) as `token`.";

/** A context that remembers when the platform last answered the source, by the platform's clock. */
function watch(context: LoginContext): {
  watched: TokenSourceContext;
  lastResponse: () => Received | undefined;
} {
  let last: Received | undefined;
  const justIssued = (time = Number.NaN): void => {
    last = { sentAt: Number.isNaN(time) ? undefined : time };
  };
  const transport: LoginContext["transport"] = async (request) => {
    const response = await context.transport(request);
    const { date, age } = response.headers;
    justIssued(date === undefined || age !== undefined ? undefined : Date.parse(date));
    return response;
  };
  const { signal, clock, now } = context;
  return { watched: { transport, signal, clock, now, justIssued }, lastResponse: () => last };
}

async function ask(source: TokenSource, context: TokenSourceContext): Promise<unknown> {
  try {
    return await source(context);
  } catch (error) {
    if (isInfisicalError(error) || isReasonOf(context.signal, error)) throw error;
    // Not chained: it may contain what the platform answered, a token included.
    throw refusedToken(`The token source failed: ${withoutTokens(textOf(error))}`);
  }
}

function parseToken(token: unknown): string {
  const text = typeof token === "string" ? token.trim() : "";
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw refusedToken(
    "The token source must return a token: a string of visible characters without white space.",
  );
}
