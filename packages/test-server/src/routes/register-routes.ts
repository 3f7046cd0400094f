import type { Routes } from "../http/routes.ts";
import { registerAccessToken } from "./access-token.ts";
import { registerAwsAuth } from "./aws-auth.ts";
import { registerDynamicSecrets } from "./dynamic-secrets.ts";
import { registerEncryptedSecrets } from "./encrypted-secrets.ts";
import { registerEnvironments } from "./environments.ts";
import { registerFolders } from "./folders.ts";
import { registerJwtAuth } from "./jwt-auth.ts";
import { registerKmsEncryption } from "./kms-encryption.ts";
import { registerKmsKeys } from "./kms-keys.ts";
import { registerKmsSigning } from "./kms-signing.ts";
import { registerLeases } from "./leases.ts";
import { registerMemberships } from "./memberships.ts";
import { registerProjects } from "./projects.ts";
import { registerSecretBatches } from "./secret-batches.ts";
import { registerSecretImports } from "./secret-imports.ts";
import { registerSecrets } from "./secrets.ts";
import { registerSecretsById } from "./secrets-by-id.ts";
import { registerStatus } from "./status.ts";
import { registerTags } from "./tags.ts";
import { registerUnimplemented } from "./unimplemented-routes.ts";
import { registerUniversalAuth } from "./universal-auth.ts";

/** Every simulated route. Where paths overlap, the fixed one comes before the one with a parameter. */
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
