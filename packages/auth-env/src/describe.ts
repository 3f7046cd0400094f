import { choose, type SkippedMethod } from "./choose.ts";
import { type EnvironmentAuthOptions, parseOptions } from "./options.ts";
import { placeOf } from "./place.ts";
import type { EnvironmentAuthMethod } from "./row.ts";

/** A method, and why it was chosen. */
export interface ChosenMethod {
  /** The method, in the server's words, such as `kubernetes-auth`. */
  readonly method: EnvironmentAuthMethod;
  /** Why, as a sentence without its full stop, such as `INFISICAL_TOKEN is set`. */
  readonly because: string;
}

/** How `environmentAuth()` would log in. It contains names of variables and files, never a credential. */
export interface EnvironmentAuthDescription {
  /** The method that would be used; `undefined` if nothing is there. */
  readonly chosen: ChosenMethod | undefined;
  /** The methods that come before it in the order, or could have been chosen instead; each with the reason. */
  readonly skipped: readonly SkippedMethod[];
}

/**
 * Tells how `environmentAuth()` would log in, without logging in.
 *
 * Only variables are read, and whether files exist. Nothing is sent, and no other package is loaded.
 *
 * @param options - As for `environmentAuth()`.
 * @returns What would be chosen, and what would be skipped.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, variables contradict each other, half of a pair is
 * missing, or a method that was named lacks something.
 *
 * @example
 * import { describeEnvironmentAuth } from "@infisical/auth-env";
 * const { chosen } = await describeEnvironmentAuth({ environment: { INFISICAL_TOKEN: "a-token" } });
 * console.log(chosen); // { method: 'token-auth', because: 'INFISICAL_TOKEN is set' }
 */
export async function describeEnvironmentAuth(
  options: EnvironmentAuthOptions = {},
): Promise<EnvironmentAuthDescription> {
  const { method, environment } = parseOptions("", options);
  const { chosen, skipped } = await choose(placeOf(environment), method);
  return { chosen: chosen && { method: chosen.method, because: chosen.because }, skipped };
}
