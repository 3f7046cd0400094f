import type { AuthStrategy, LoginContext, LoginResponse } from "../contracts/auth-strategy.ts";
import { parseOrganizationSlug, requireUnquoted } from "../support/check.ts";
import { own } from "../support/own.ts";

/** The options that the logins of machine identities have in common. */
export interface StrategyOptions {
  /** The id of the machine identity; left out by methods that know it otherwise. */
  readonly identityId?: string | undefined;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization that the identity was created in
   */
  readonly organizationSlug?: string | undefined;
}

/**
 * Makes an auth strategy out of the one thing that distinguishes a method: its proof.
 *
 * The strategy posts the proof to `/api/v1/auth/<name>/login`, together with `identityId` and `organizationSlug`, and
 * expects an `accessToken`. The signal of the login is passed on.
 *
 * @param name - The method's name in the API, such as `ldap-auth`.
 * @param options - `identityId` and `organizationSlug`, which are checked here; a method without an identity id leaves
 * the field out.
 * @param proof - Returns the other fields of the login's body. It is called at every login, so the proof is always
 * fresh.
 * @returns The strategy.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` or `organizationSlug` breaks a rule.
 *
 * @example
 * import { defineStrategy, requireText } from "@infisical/core/authoring";
 * const ldapAuth = ({ identityId, username, password }: Record<"identityId" | "username" | "password", string>) => {
 *   requireText("username", username);
 *   requireText("password", password, "LDAP_PASSWORD");
 *   return defineStrategy("ldap-auth", { identityId }, () => ({ username, password }));
 * };
 */
export function defineStrategy(
  name: string,
  options: StrategyOptions,
  proof: (context: LoginContext) => object | Promise<object>,
): AuthStrategy {
  const organizationSlug = parseOrganizationSlug(own(options).organizationSlug);
  const identity = Object.hasOwn(options, "identityId") && {
    identityId: requireUnquoted("identityId", options.identityId).trim(),
  };
  return {
    name,
    login: async (context) =>
      context.http.request<LoginResponse>({
        method: "POST",
        path: `/api/v1/auth/${name}/login`,
        body: { ...identity, ...(await proof(context)), organizationSlug },
        signal: context.signal,
        expect: { accessToken: "string" },
      }),
  };
}
