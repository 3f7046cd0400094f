import type { Routes } from "../http/routes.js";
import { registerAccessToken } from "./access-token.js";
import { registerAwsAuth } from "./aws-auth.js";
import { registerDynamicSecrets } from "./dynamic-secrets.js";
import { registerEncryptedSecrets } from "./encrypted-secrets.js";
import { registerEnvironments } from "./environments.js";
import { registerFolders } from "./folders.js";
import { registerJwtAuth } from "./jwt-auth.js";
import { registerKmsEncryption } from "./kms-encryption.js";
import { registerKmsKeys } from "./kms-keys.js";
import { registerKmsSigning } from "./kms-signing.js";
import { registerLeases } from "./leases.js";
import { registerMemberships } from "./memberships.js";
import { registerProjects } from "./projects.js";
import { registerSecretBatches } from "./secret-batches.js";
import { registerSecretImports } from "./secret-imports.js";
import { registerSecrets } from "./secrets.js";
import { registerSecretsById } from "./secrets-by-id.js";
import { registerStatus } from "./status.js";
import { registerTags } from "./tags.js";
import { registerUnimplemented } from "./unimplemented-routes.js";
import { registerUniversalAuth } from "./universal-auth.js";

/** Every route the server simulates. Where paths overlap, the fixed one comes before the one with a name in it. */
export function registerRoutes(routes: Routes): void {
  registerStatus(routes);
  registerUniversalAuth(routes);
  registerJwtAuth(routes);
  registerAwsAuth(routes);
  registerAccessToken(routes);
  registerUnimplemented(routes);

  registerSecretBatches(routes, "v3", "/api/v3/secrets/batch/raw");
  registerSecretsById(routes, "/api/v3/secrets/raw");
  registerSecrets(routes, "v3", "/api/v3/secrets/raw");
  registerEncryptedSecrets(routes);

  registerSecretBatches(routes, "v4", "/api/v4/secrets/batch");
  registerSecretsById(routes, "/api/v4/secrets");
  registerSecrets(routes, "v4", "/api/v4/secrets");

  registerFolders(routes, "v1");
  registerFolders(routes, "v2");
  registerSecretImports(routes, "v1");
  registerSecretImports(routes, "v2");

  registerLeases(routes);
  registerDynamicSecrets(routes);

  registerProjects(routes);
  registerMemberships(routes);
  for (const family of ["projects", "workspace"] as const) {
    registerEnvironments(routes, family);
    registerTags(routes, family);
  }

  registerKmsKeys(routes);
  registerKmsEncryption(routes);
  registerKmsSigning(routes);
}
