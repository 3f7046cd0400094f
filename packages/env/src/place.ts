import { optionError } from "@infisical/core/authoring";
import type { CheckedOptions } from "./options.ts";

/** Where secrets are read, and how. */
export interface Place extends Pick<CheckedOptions, "client" | "siteUrl" | "auth"> {
  readonly projectId: string;
  readonly environment: string;
  readonly secretPath: readonly string[];
  readonly recursive: boolean;
  readonly includeImports: boolean;
  readonly expandSecretReferences: boolean;
}

/**
 * Returns the place that options name.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the project or the environment is missing.
 */
export function placeOf(options: CheckedOptions): Place {
  const { client, siteUrl, auth, projectId, environment } = options;
  if (projectId === undefined) throw missing("projectId", "INFISICAL_PROJECT_ID");
  if (environment === undefined) throw missing("environment", "INFISICAL_ENVIRONMENT");
  return {
    client,
    siteUrl,
    auth,
    projectId,
    environment,
    secretPath: options.secretPath ?? ["/"],
    recursive: options.recursive ?? false,
    includeImports: options.includeImports ?? true,
    expandSecretReferences: options.expandSecretReferences ?? true,
  };
}

function missing(option: string, variable: string): Error {
  return optionError(option, `must be a non-empty string; if it is omitted, ${variable} must be set`);
}

/** Says in words where secrets come from. */
export function describePlace({ client, siteUrl, projectId, environment, secretPath }: Place): string {
  const server = client ? "" : ` of ${siteUrl ?? "https://app.infisical.com"}`;
  return `project ${projectId}, environment ${environment}, ${secretPath.join(", ")}${server}`;
}
