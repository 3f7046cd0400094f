import { folderPath, requireText } from "@infisical/core/authoring";
import type { SecretLocation } from "../options/location.ts";

/** Checks where secrets are, and gives the path as servers know it. */
export function checkLocation({ projectId, environment, secretPath = "/" }: SecretLocation): {
  readonly projectId: string;
  readonly environment: string;
  readonly secretPath: string;
} {
  return {
    projectId: requireText("projectId", projectId),
    environment: requireText("environment", environment),
    secretPath: folderPath("secretPath", secretPath),
  };
}
