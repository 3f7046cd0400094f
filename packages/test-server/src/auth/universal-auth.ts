import { z } from "zod";
import { unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import type { UniversalAuth } from "./identities.ts";
import { organizationSlug, registerLogin } from "./login.ts";

const loginBody = z.object({ clientId: trimmed, clientSecret: trimmed, organizationSlug });

const failuresUntilLock = 3;
/** How long a failure counts, from the latest one, in milliseconds. */
const failureMemory = 30_000;
const lockDuration = 300_000;

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
      checkSecret(method, body.clientSecret, clock.now());
      return { identity, method };
    },
  });
}

/** Throws 401 for a wrong secret, and for any secret after too many wrong ones. */
function checkSecret(method: UniversalAuth, clientSecret: string, now: number): void {
  const failures = now < method.failuresEnd ? method.failures : 0;
  if (failures >= failuresUntilLock) {
    throw unauthorized("This identity auth method is temporarily locked, please try again later");
  }
  if (method.clientSecret === clientSecret) {
    method.failures = 0;
    return;
  }
  if (method.lockout) {
    method.failures = failures + 1;
    method.failuresEnd = now + (method.failures < failuresUntilLock ? failureMemory : lockDuration);
  }
  throw unauthorized("Invalid credentials");
}
