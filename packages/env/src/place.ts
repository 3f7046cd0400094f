import { optionError } from "@infisical/core/authoring";
import type { CheckedOptions } from "./options.ts";

/** Where secrets are read, and how, as far as options tell. */
export interface PartialPlace extends Pick<CheckedOptions, "client" | "siteUrl" | "auth"> {
  readonly projectId?: string | undefined;
  readonly environment?: string | undefined;
  readonly secretPath: readonly string[];
  readonly recursive: boolean;
  readonly includeImports: boolean;
  readonly expandSecretReferences: boolean;
}

/** Where secrets are read, and how. */
export interface Place extends PartialPlace {
  readonly projectId: string;
  readonly environment: string;
}

/** Returns what options tell of a place, with the defaults. */
export function partialPlaceOf(options: CheckedOptions): PartialPlace {
  const { client, siteUrl, auth, projectId, environment } = options;
  return {
    client,
    // The client has an address, whatever the variables say.
    siteUrl: client ? undefined : siteUrl,
    auth,
    projectId,
    environment,
    secretPath: options.secretPath ?? ["/"],
    recursive: options.recursive ?? false,
    includeImports: options.includeImports ?? true,
    expandSecretReferences: options.expandSecretReferences ?? true,
  };
}

/**
 * Returns the place that options name.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the project or the environment is missing.
 */
export function placeOf(options: CheckedOptions): Place {
  const { projectId, environment, ...place } = partialPlaceOf(options);
  if (projectId === undefined) throw missing("projectId", "INFISICAL_PROJECT_ID");
  if (environment === undefined) throw missing("environment", "INFISICAL_ENVIRONMENT");
  return { ...place, projectId, environment };
}

function missing(option: string, variable: string): Error {
  return optionError(option, `must be a non-empty string; if it is omitted, ${variable} must be set`);
}

/** Says in words where secrets come from. */
export function describePlace({ client, siteUrl, projectId, environment, secretPath }: Place): string {
  const server = client ? "" : ` of ${siteUrl ?? "https://app.infisical.com"}`;
  return `project ${projectId}, environment ${environment}, ${secretPath.join(", ")}${server}`;
}
