import { z } from "zod";
import { unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import { organizationSlug, registerLogin } from "./login.ts";

const loginBody = z.object({ clientId: trimmed, clientSecret: trimmed, organizationSlug });

/** The login of machine identities with a client id and a client secret. */
export function registerUniversalAuth(routes: Routes): void {
  const { identities, clock } = routes.state;
  registerLogin(routes, {
    authMethod: "universal-auth",
    body: loginBody,
    prove: (body) => {
      const identity = identities.all().find((each) => each.universalAuth?.clientId === body.clientId);
      const method = identity?.universalAuth;
      if (!identity || !method) throw unauthorized("Invalid credentials");
      method.lockout.check(method.clientSecret === body.clientSecret, clock.now());
      return { identity, method };
    },
  });
}
