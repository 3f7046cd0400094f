import { ApiError } from "./api-error.ts";
import type { Call } from "./call.ts";

/** Route families of Infisical that this server does not simulate completely. */
const families = [
  "/api/docs",
  "/api/v1/admin",
  "/api/v1/app-connections",
  "/api/v1/audit-logs",
  "/api/v1/auth",
  "/api/v1/dynamic-secrets",
  "/api/v1/folders",
  "/api/v1/gateways",
  "/api/v1/groups",
  "/api/v1/identities",
  "/api/v1/kms",
  "/api/v1/organization",
  "/api/v1/pki",
  "/api/v1/projects",
  "/api/v1/secret",
  "/api/v1/secret-approval-requests",
  "/api/v1/secret-approvals",
  "/api/v1/secret-imports",
  "/api/v1/secret-sharing",
  "/api/v1/secret-syncs",
  "/api/v1/ssh",
  "/api/v1/user",
  "/api/v1/webhooks",
  "/api/v1/workspace",
  "/api/v2/folders",
  "/api/v2/gateways",
  "/api/v2/organizations",
  "/api/v2/secret-imports",
  "/api/v2/secret-rotations",
  "/api/v2/service-token",
  "/api/v2/users",
  "/api/v2/workspace",
  "/api/v3/secrets/tags",
  "/api/v4/secrets",
];

/** Whether a request without a matching route belongs to a known family of routes. */
export function isKnownFamily({ method, path }: Call): boolean {
  // On every server, these routes exist only for POST.
  if (/\/(?:login|renew|revoke)$/.test(path) && method !== "POST") return false;
  return families.some((family) => path === family || path.startsWith(`${family}/`));
}

/** The error of a route that Infisical has and this server does not simulate. */
export function notImplemented({ method, path }: Call): ApiError {
  return new ApiError(501, "NotImplemented", `@infisical/test-server does not implement ${method} ${path}`);
}
