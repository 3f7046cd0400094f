import { type HttpClient, type HttpRequest, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { own } from "@infisical/core/authoring";
import type { ListSecretsOptions } from "./read-options.ts";
import { findLostReferences } from "./references.ts";
import { type ApiVersion, listRequest } from "./requests.ts";
import type { ListSecretsResponse } from "./results.ts";
import type { ImportedSecret, Secret } from "./secret.ts";

const maxNamed = 20;

/**
 * Throws if a list cannot be relied on: its folder does not exist, or those of its secrets that the caller wants refer to
 * something that does not.
 */
export async function assertComplete(
  http: HttpClient,
  apiVersion: ApiVersion,
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
    http.request(listRequest(apiVersion, own({ ...common, ...location })));
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

/** Sends a list request; older servers answer a recursive one for an unknown environment with a 500. */
export async function requestStrictly<Result>(
  http: HttpClient,
  request: HttpRequest,
  options: ListSecretsOptions,
): Promise<Result> {
  try {
    return await http.request<Result>(request);
  } catch (error) {
    if (isInfisicalError(error) && error.code === "SERVER_ERROR") await assertFolder(http, options);
    throw error;
  }
}

/** Throws if the folder does not exist: older servers list such a folder as if it were empty. */
export async function assertFolder(http: HttpClient, options: ListSecretsOptions): Promise<void> {
  const { projectId, environment, secretPath = "/", signal, timeout } = options;
  const parts = secretPath.split("/").filter((part) => part !== "");
  const name = parts.pop();
  const { folders } = await http.request<{ readonly folders: readonly { readonly name: string }[] }>({
    operation: "folders.listFolders",
    method: "GET",
    path: "/api/v1/folders",
    query: { workspaceId: projectId, environment, path: `/${parts.join("/")}` },
    signal,
    timeout,
    expect: { folders: [{ name: "string" }] },
  });
  if (name === undefined || folders.some((folder) => folder.name === name)) return;
  const folder = `The folder ${JSON.stringify(secretPath)} of the environment ${JSON.stringify(environment)}`;
  throw new InfisicalSDKError(`${folder} does not exist, or this identity is not allowed to see it.`, {
    code: "NOT_FOUND",
  });
}
