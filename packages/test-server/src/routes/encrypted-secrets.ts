import type { Routes } from "../http/routes.js";

/**
 * The list of end-to-end encrypted secrets, which is empty in every project of today.
 *
 * `GET .../raw/..` ends up here once a URL library has resolved the dots.
 */
export function registerEncryptedSecrets(routes: Routes): void {
  routes.signedIn("GET", "/api/v3/secrets", () => ({ secrets: [] }));
}
