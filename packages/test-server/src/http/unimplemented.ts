import { ApiError } from "./api-error.js";
import type { Call } from "./call.js";

/** Route families that Infisical has and this server does not simulate in full. */
const families = [
  "/api/v1/auth",
  "/api/v1/dynamic-secrets",
  "/api/v1/folders",
  "/api/v1/identities",
  "/api/v1/kms",
  "/api/v1/pki",
  "/api/v1/projects",
  "/api/v1/secret-imports",
  "/api/v1/secret",
  "/api/v1/ssh",
  "/api/v1/workspace",
  "/api/v2/folders",
  "/api/v2/secret-imports",
  "/api/v2/workspace",
  "/api/v3/secrets/tags",
  "/api/v4/secrets",
];

/** Whether a path that no route matches belongs to Infisical all the same. */
export function isKnownFamily(path: string): boolean {
  return families.some((family) => path === family || path.startsWith(`${family}/`));
}

/** The answer to a route that Infisical has and this server has not. */
export function notImplemented({ method, path }: Call): ApiError {
  return new ApiError(501, "NotImplemented", `@infisical/test-server does not implement ${method} ${path}`);
}
