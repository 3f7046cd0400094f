import type { TokenSource } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { parseVariable, variableName } from "./read-token.ts";

/**
 * Reads a JWT from an environment variable.
 *
 * It applies if the variable is set; it is read at every login, and the audience is what the token was issued for. Such a
 * token cannot be renewed: once it has expired, logins fail.
 *
 * @param name - The variable's name; checked here.
 * @returns A token source, for the option `token` of `oidcAuth`, `jwtAuth` or `spiffeAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not the name of a variable. The message does not repeat it.
 *
 * @example
 * import { jwtAuth } from "@infisical/auth-oidc";
 * import { fromVariable } from "@infisical/auth-oidc/variable";
 * const auth = jwtAuth({ identityId: "id", token: fromVariable("INFISICAL_JWT") });
 */
export function fromVariable(name: string): TokenSource {
  const variable = variableName("name", name);
  return async (context) => {
    const value = readVariable(variable);
    if (value === undefined)
      throw tokenUnavailable(`The variable ${variable}, which contains the JWT, is not set.`);
    return parseVariable(
      value,
      variable,
      context,
      "Start the program with another one, or use a token file.",
    );
  };
}
