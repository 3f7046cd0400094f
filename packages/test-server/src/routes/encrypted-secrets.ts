import type { Routes } from "../http/routes.ts";

/**
 * The list of end-to-end encrypted secrets, which is empty in every current project.
 *
 * `GET .../raw/..` arrives here once a URL library has resolved the dots.
 */
export function registerEncryptedSecrets(routes: Routes): void {
  routes.authenticated("GET", "/api/v3/secrets", () => ({ secrets: [] }));
}
