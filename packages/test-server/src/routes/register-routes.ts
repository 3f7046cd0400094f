import type { Routes } from "../http/routes.js";
import { registerAccessToken } from "./access-token.js";
import { registerEncryptedSecrets } from "./encrypted-secrets.js";
import { registerSecrets } from "./secrets.js";
import { registerStatus } from "./status.js";
import { registerUniversalAuth } from "./universal-auth.js";

/** Every route the server simulates. */
export function registerRoutes(routes: Routes): void {
  registerStatus(routes);
  registerUniversalAuth(routes);
  registerAccessToken(routes);
  registerSecrets(routes, "v3", "/api/v3/secrets/raw");
  registerEncryptedSecrets(routes);
}
