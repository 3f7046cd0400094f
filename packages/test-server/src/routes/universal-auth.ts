import { z } from "zod";
import { notFound, unauthorized } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { UniversalAuth } from "../state/entities.ts";
import { requireOrganization } from "./organization.ts";
import { slug, trimmed } from "./schemas.ts";

const loginBody = z.object({
  clientId: trimmed,
  clientSecret: trimmed,
  organizationSlug: slug(1, 32).optional(),
});

const failuresUntilLock = 3;
const failureWindow = 30_000;
const lockDuration = 300_000;

/** The login of machine identities with a client id and a client secret. */
export function registerUniversalAuth(routes: Routes): void {
  const { state } = routes;
  routes.public("POST", "/api/v1/auth/universal-auth/login", (request) => {
    const { clientId, clientSecret, organizationSlug } = validate(loginBody, request.body());
    const identity = state.identities.byClientId(clientId);
    const method = identity?.universalAuth;
    if (!identity || !method) throw notFound("No identity with specified client ID was found");
    requireUnlocked(method, state.clock.now());
    if (method.clientSecret !== clientSecret) {
      countFailure(method, state.clock.now());
      throw unauthorized("Invalid credentials");
    }
    method.failures = [];
    requireOrganization(state, organizationSlug);
    return state.accessTokens.login(identity, { authMethod: "universal-auth", ...method });
  });
}

function requireUnlocked(method: UniversalAuth, now: number): void {
  if (now < method.lockedUntil) {
    throw unauthorized("This identity auth method is temporarily locked, please try again later");
  }
}

function countFailure(method: UniversalAuth, now: number): void {
  if (!method.lockout) return;
  method.failures = [...method.failures.filter((time) => time > now - failureWindow), now];
  if (method.failures.length < failuresUntilLock) return;
  method.failures = [];
  method.lockedUntil = now + lockDuration;
}
