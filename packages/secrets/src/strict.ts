import { type HttpClient, InfisicalSDKError } from "@infisical/core";
import { own } from "@infisical/core/authoring";
import type { Ask } from "./api-version.ts";
import { assertFolder } from "./missing-folder.ts";
import type { ListSecretsOptions } from "./read-options.ts";
import { findLostReferences } from "./references.ts";
import { listRequest } from "./requests.ts";
import type { ListSecretsResponse } from "./results.ts";
import type { ImportedSecret, Secret } from "./secret.ts";

const maxNamed = 20;

/**
 * Throws if a list cannot be relied on: its folder does not exist, or those of its secrets that the caller wants refer to
 * something that does not.
 */
export async function assertComplete(
  http: HttpClient,
  ask: Ask,
  options: ListSecretsOptions,
  response: ListSecretsResponse,
  wanted: readonly (Secret | ImportedSecret)[],
): Promise<void> {
  const { secrets, imports = [] } = response;
  if (secrets.length === 0 && imports.length === 0) return assertFolder(http, options);
  if (options.expandSecretReferences === false || options.viewSecretValue === false) return;
  if (wanted.length === 0) return;
  const { projectId, environment, secretPath, recursive, includeImports, includePersonalOverrides } = options;
  const { signal, timeout } = options;
  const common = { projectId, environment, signal, timeout, expandSecretReferences: false };
  const read = (location: Partial<ListSecretsOptions>): Promise<ListSecretsResponse> =>
    ask((version) => listRequest(version, own({ ...common, ...location })));
  const written = await read({ secretPath, recursive, includeImports, includePersonalOverrides });
  const location = { environment, path: secretPath ?? "/" };
  const lost = await findLostReferences(read, location, written, response, new Set(wanted));
  if (lost.length === 0) return;
  const texts = lost.slice(0, maxNamed).map(({ key, references }) => `${key} (${references.join(", ")})`);
  const more = lost.length > maxNamed ? ` and ${lost.length - maxNamed} more` : "";
  throw new InfisicalSDKError(
    `References lead nowhere, in a circle or to something that this identity is not allowed to read: ${texts.join("; ")}${more}.`,
    { code: "UNRESOLVED_REFERENCE" },
  );
}
