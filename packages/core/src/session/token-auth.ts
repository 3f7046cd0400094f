import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { fieldsOf } from "../support/call-options.ts";
import { parseAccessToken } from "./token.ts";

/** A token of one's own. */
export interface TokenAuthOptions {
  /** The access token, without `Bearer`. */
  readonly token: string;
}

const parse = fieldsOf({ token: (option, value) => parseAccessToken(option, value as string) });

/**
 * Presents a token of one's own, such as one that another program obtained, as a way to log in.
 *
 * Nothing is sent at a login. The token is used until the server refuses it, and never renewed.
 *
 * @param options - The token.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a token. The message never repeats it.
 *
 * @example
 * import { createClient, tokenAuth } from "@infisical/core";
 * const client = createClient({ auth: tokenAuth({ token: "token-from-elsewhere" }) });
 */
export function tokenAuth(options: TokenAuthOptions): AuthStrategy {
  const { token: accessToken } = parse("", options) as TokenAuthOptions;
  return { name: "token", login: async () => ({ accessToken }) };
}
