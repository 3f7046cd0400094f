import { z } from "zod";
import { badRequest, notFound } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import type { ServerState } from "../api/server-state.ts";
import type { Identity, LdapAuth } from "./identities.ts";
import { Lockout } from "./lockout.ts";
import { organizationSlug, registerLogin } from "./login.ts";

const loginBody = z.object({
  identityId: trimmed.uuid("Identity ID must be a valid UUID"),
  username: trimmed.nonempty("Username is required"),
  password: trimmed.nonempty("Password is required"),
  organizationSlug,
});

/** The login of machine identities as a user of an LDAP directory. */
export function registerLdapAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "ldap-auth",
    body: loginBody,
    prove: ({ identityId, username, password }) => {
      const proven = requireLdapAuth(state, identityId);
      const { method } = proven;
      lockoutOf(username, method).check(isAllowed(username, password, method), state.clock.now());
      if (method.isPlanRestricted) {
        throw badRequest(
          "Failed to login to identity due to plan restriction. Upgrade plan to login to use LDAP authentication.",
        );
      }
      return proven;
    },
  });
}

/** Other than the logins by other methods, this one tells an unknown or deleted identity from one without the method. */
function requireLdapAuth({ identities }: ServerState, identityId: string) {
  const identity: Identity | undefined = identities.byId(identityId);
  if (!identity || identity.isDeleted) throw notFound(`Identity with ID '${identityId}' not found`);
  const { ldapAuth } = identity;
  if (!ldapAuth) throw notFound(`LDAP auth with ID '${identityId}' not found`);
  return { identity, method: ldapAuth };
}

/** Each user name of an identity has its own, known or not, in upper or lower case. */
function lockoutOf(username: string, { lockout = true, lockouts }: LdapAuth): Lockout {
  const name = username.toLowerCase();
  const found = lockouts.get(name) ?? new Lockout(lockout);
  lockouts.set(name, found);
  return found;
}

/** Whether the directory has the user with that password, and with the attributes that the identity requires. */
function isAllowed(username: string, password: string, { users, allowedFields = {} }: LdapAuth): boolean {
  const seed = users[username];
  const user = typeof seed === "string" ? { password: seed } : seed;
  if (user?.password !== password) return false;
  const attributes = new Map(Object.entries(user.attributes ?? {}));
  return Object.entries(allowedFields).every(([name, values]) => {
    const value = attributes.get(name);
    return Boolean(value) && values.split(",").includes(String(value));
  });
}
