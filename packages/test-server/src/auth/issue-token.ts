import type { ServerState } from "../api/server-state.ts";
import { checked } from "../engine/check.ts";
import { type AccessTokenSeed, accessTokenSeed } from "../seed/access-token-seed.ts";
import { lifetimes } from "./identities.ts";

/**
 * Issues an access token for an identity, without a login.
 *
 * @throws Error: the identity does not exist.
 * @throws TypeError: a lifetime is not valid.
 */
export function issueToken(state: ServerState, named: string, seed: AccessTokenSeed): string {
  checked<AccessTokenSeed>("tokens.issue()", accessTokenSeed, seed);
  const all = state.identities.all().filter(({ isDeleted }) => !isDeleted);
  const identity = all.find(({ name }) => name === named) ?? all.find(({ id }) => id === named);
  if (!identity) {
    const names = all.map(({ name }) => JSON.stringify(name)).join(", ");
    throw new Error(`The test server has no identity ${JSON.stringify(named)}. It has ${names || "none"}.`);
  }
  return state.accessTokens.login(identity, { ...lifetimes(seed), authMethod: "token-auth" }).accessToken;
}
