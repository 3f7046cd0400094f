import type { EnvironmentAuthDescription, EnvironmentAuthOptions } from "@infisical/auth-env";
import type { AuthStrategy } from "@infisical/core";
import * as load from "./load.ts";

/**
 * Logs in with what the environment provides: a token, a client secret, or the platform on which the program runs.
 *
 * The first login loads the package behind it, decides by variables and files alone, and loads the method that it chooses.
 *
 * @param options - The method and the variables; checked by the first login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`. Its name contains the method from the first
 * login on.
 *
 * @example
 * import { environmentAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: environmentAuth() });
 */
export function environmentAuth(options?: EnvironmentAuthOptions): AuthStrategy {
  let strategy: AuthStrategy | undefined;
  return {
    get name() {
      return strategy?.name ?? "environment";
    },
    async login(context) {
      strategy ??= await load.environmentAuth(options);
      return strategy.login(context);
    },
  };
}

/**
 * Tells how `environmentAuth()` would log in, without logging in.
 *
 * @param options - As for `environmentAuth()`.
 * @returns What would be chosen, and what would be skipped; never a credential.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or variables contradict each other.
 *
 * @example
 * import { describeEnvironmentAuth } from "@infisical/sdk";
 * const { chosen } = await describeEnvironmentAuth({ environment: { INFISICAL_TOKEN: "a-token" } });
 * console.log(chosen?.method); // token-auth
 */
export function describeEnvironmentAuth(
  options?: EnvironmentAuthOptions,
): Promise<EnvironmentAuthDescription> {
  return load.describeEnvironmentAuth(options);
}
