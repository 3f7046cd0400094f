import type { TokenSource } from "@infisical/core";
import { requirePath } from "@infisical/core/logins";
import { readTokenFile } from "./read-token-file.ts";

/**
 * Reads a JWT from a file, which somebody else keeps up to date.
 *
 * It applies if the file exists; it is read at every login, and the audience is what the token was issued for. On AKS,
 * the path is the variable `AZURE_FEDERATED_TOKEN_FILE`; spiffe-helper and Vault Agent write such files too.
 *
 * @param path - The file's path; checked here.
 * @returns A token source, for the option `token` of `oidcAuth`, `jwtAuth` or `spiffeAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the path is empty, or is the token itself. The message does not repeat it.
 *
 * @example
 * import { spiffeAuth } from "@infisical/auth-oidc";
 * import { fromFile } from "@infisical/auth-oidc/file";
 * const auth = spiffeAuth({ identityId: "id", token: fromFile("/run/spiffe/svid.jwt") });
 */
export function fromFile(path: string): TokenSource {
  requirePath("path", path);
  return () => readTokenFile(path);
}
