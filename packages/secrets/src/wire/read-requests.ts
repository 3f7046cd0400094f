import type { HttpRequest } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import { checkLocation } from "../checks/check-location.ts";
import type { GetSecretOptions, ListSecretsOptions, ReadSecretOptions } from "../options/read-options.ts";
import { metadataList, tagList } from "./filters.ts";
import type { Query, Spelling } from "./spelling.ts";

/** The request for a list. */
export function listRequest(spelling: Spelling, options: ListSecretsOptions): HttpRequest {
  const { includeImports = false, includePersonalOverrides = false, recursive = false } = options;
  return {
    method: "GET",
    path: spelling.listPath,
    query: readQuery(spelling, options, spelling.imports(includeImports), {
      ...spelling.personalOverrides(includePersonalOverrides),
      recursive,
      tagSlugs: tagList(options),
      metadataFilter: metadataList(options.metadataFilter),
    }),
    signal: options.signal,
    timeout: options.timeout,
    expect: { secrets: "array" },
  };
}

/** The request for one secret. */
export function getRequest(spelling: Spelling, options: GetSecretOptions): HttpRequest {
  const { secretName, includeImports = false, type, version } = options;
  return {
    method: "GET",
    path: spelling.onePath(secretName),
    query: readQuery(spelling, options, spelling.imports(includeImports), {
      type,
      version: checkVersion(version),
    }),
    signal: options.signal,
    timeout: options.timeout,
    expect: { secret: "object" },
  };
}

/**
 * What all reads say, and what a read says beside. Flags are always sent: servers differ in their defaults.
 *
 * Not by spreading, which costs more than all else that a read from a cache does.
 */
function readQuery(spelling: Spelling, options: ReadSecretOptions, imports: Query, further: Query): Query {
  const { projectId, environment, secretPath } = checkLocation(options);
  const { expandSecretReferences = true, viewSecretValue = true } = options;
  const common = { environment, secretPath, expandSecretReferences, viewSecretValue };
  return Object.assign({}, spelling.project(projectId), common, imports, further);
}

function checkVersion(version: number | string | undefined): number | string | undefined {
  if (version === undefined || /^[1-9]\d*$/.test(String(version))) return version;
  throw optionError("version", "must be a whole number from 1", version);
}
