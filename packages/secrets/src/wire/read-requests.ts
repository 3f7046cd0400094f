import type { HttpRequest } from "@infisical/core";
import type {
  GetSecretOptions,
  ListSecretsOptions,
  MetadataFilter,
  ReadSecretOptions,
} from "../options/read-options.ts";
import { oneSecret, secretList } from "./response-shapes.ts";
import type { Query, Spelling } from "./spelling.ts";

/** The request for a list. */
export function listRequest(spelling: Spelling, options: ListSecretsOptions): HttpRequest {
  const { includeImports = false, includePersonalOverrides = false, recursive = false } = options;
  const { tagSlugs = [], tagFilters = [], metadataFilter = [] } = options;
  return {
    method: "GET",
    path: spelling.listPath,
    query: readQuery(spelling, options, spelling.imports(includeImports), {
      ...spelling.personalOverrides(includePersonalOverrides),
      recursive,
      tagSlugs: joined([...new Set([...tagSlugs, ...tagFilters])], ","),
      metadataFilter: joined(metadataFilter.map(pairText), "|"),
    }),
    signal: options.signal,
    timeout: options.timeout,
    expect: secretList,
  };
}

/** The request for one secret. */
export function getRequest(spelling: Spelling, options: GetSecretOptions): HttpRequest {
  const { secretName, includeImports = false, type, version } = options;
  return {
    method: "GET",
    path: spelling.onePath(secretName),
    query: readQuery(spelling, options, spelling.imports(includeImports), { type, version }),
    signal: options.signal,
    timeout: options.timeout,
    expect: oneSecret,
  };
}

/**
 * What all reads say, and what a read says beside. Flags are always sent: servers differ in their defaults.
 *
 * Not by spreading, which costs more than all else that a read from a cache does.
 */
function readQuery(spelling: Spelling, options: ReadSecretOptions, imports: Query, further: Query): Query {
  const { projectId, environment, secretPath = "/" } = options;
  const { expandSecretReferences = true, viewSecretValue = true } = options;
  const common = { environment, secretPath, expandSecretReferences, viewSecretValue };
  return Object.assign({}, spelling.project(projectId), common, imports, further);
}

function joined(texts: readonly string[], separator: string): string | undefined {
  return texts.length === 0 ? undefined : texts.join(separator);
}

function pairText({ key, value }: MetadataFilter): string {
  return `key=${key},value=${value}`;
}
