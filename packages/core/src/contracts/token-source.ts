import { InfisicalSDKError, isInfisicalError } from "../errors/errors.ts";
import type { LoginContext } from "./auth-strategy.ts";

/** What a token source is given to get a token with: the parts of a login's context that do not lead to Infisical. */
export interface TokenSourceContext extends Pick<LoginContext, "transport" | "signal" | "clock" | "now"> {
  /**
   * Says that the platform has issued the token just now, so that the token is judged by the platform's clock instead of
   * this machine's, which may be wrong.
   *
   * What arrives over `transport` says so by itself; a source with another connection, or a command, calls this.
   *
   * @param time - When the platform answered, by its clock, in milliseconds since 1970; left out or `NaN` if it does not
   * say, and the token's own `iat` counts.
   */
  readonly justIssued?: ((time?: number) => void) | undefined;
}

/**
 * Gets a token of another platform, such as the JWT of a CI job, with which a login proves who the program is.
 *
 * It is called at every login, since such tokens live for minutes. If it does not apply where the program runs, it
 * rejects with `tokenUnavailable()` of `@infisical/core/logins`; any other error means that the platform refused.
 *
 * @param context - A transport for requests, a signal that ends them, and the client's clock.
 * @returns The token; white space around it is dropped.
 *
 * @example
 * import type { TokenSource } from "@infisical/core";
 * const fromVault: TokenSource = async ({ transport, signal = new AbortController().signal }) => {
 *   const url = "http://127.0.0.1:8200/v1/identity/oidc/token/app";
 *   const { body } = await transport({ method: "GET", url, headers: {}, idempotent: true, signal });
 *   return JSON.parse(body).data.token;
 * };
 */
export type TokenSource = (context: TokenSourceContext) => string | Promise<string>;

/**
 * Creates the error of a token source that does not apply where the program runs.
 *
 * @param message - What is missing, and how to get it.
 * @returns An error with code `TOKEN_UNAVAILABLE`.
 *
 * @example
 * import { readVariable } from "@infisical/core/authoring";
 * import { tokenUnavailable } from "@infisical/core/logins";
 * const acmeToken = () => {
 *   const token = readVariable("ACME_JOB_TOKEN");
 *   if (token === undefined) throw tokenUnavailable("ACME_JOB_TOKEN is not set: this is not a job of Acme CI.");
 *   return token;
 * };
 */
export function tokenUnavailable(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "TOKEN_UNAVAILABLE" });
}

/**
 * Tells whether a token source failed because it does not apply where the program runs.
 *
 * @param error - Anything that was caught.
 * @returns `true` if another source may be tried; `false` if the source applies, but the platform refused.
 *
 * @example
 * import { isUnavailable, type TokenSource } from "@infisical/core";
 * const either = (first: TokenSource, second: TokenSource): TokenSource => async (context) => {
 *   try {
 *     return await first(context);
 *   } catch (error) {
 *     if (!isUnavailable(error)) throw error;
 *     return second(context);
 *   }
 * };
 */
export function isUnavailable(error: unknown): boolean {
  return isInfisicalError(error) && error.code === "TOKEN_UNAVAILABLE";
}
