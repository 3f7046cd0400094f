import { type HttpClient, type HttpRequest, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import type { ListSecretsOptions } from "./options/read-options.ts";
import { findLostReferences } from "./references.ts";
import type { ListSecretsResponse } from "./results.ts";
import { listRequest } from "./wire/read-requests.ts";
import type { Spelling } from "./wire/spelling.ts";

const mostNamed = 20;

/** Fails where a list cannot be relied on: its folder is not there, or its secrets refer to what is not. */
export async function assertComplete(
  http: HttpClient,
  spelling: Spelling,
  options: ListSecretsOptions,
  response: ListSecretsResponse,
  names?: readonly string[],
): Promise<void> {
  const { secrets, imports = [] } = response;
  if (secrets.length === 0 && imports.length === 0) return assertFolder(http, options);
  if (options.expandSecretReferences === false || options.viewSecretValue === false) return;
  const { projectId, environment, secretPath, recursive, includeImports, includePersonalOverrides } = options;
  const { signal, timeout } = options;
  const common = { projectId, environment, signal, timeout, expandSecretReferences: false };
  const read = (place: Partial<ListSecretsOptions>): Promise<ListSecretsResponse> =>
    http.request(listRequest(spelling, { ...common, ...place }));
  const written = await read({ secretPath, recursive, includeImports, includePersonalOverrides });
  const place = { environment, path: secretPath ?? "/" };
  const lost = await findLostReferences(read, place, written, response, names);
  if (lost.length === 0) return;
  const texts = lost.slice(0, mostNamed).map(({ key, references }) => `${key} (${references.join(", ")})`);
  const more = lost.length > mostNamed ? ` and ${lost.length - mostNamed} more` : "";
  throw new InfisicalSDKError(
    `References lead nowhere, in a circle or to what this identity may not read: ${texts.join("; ")}${more}.`,
    { code: "UNRESOLVED_REFERENCE" },
  );
}

/** Sends a list; servers of 2024 answer a recursive one of an unknown environment with a 500. */
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

/** Fails where the folder is not there. Servers of 2024 list the secrets of such a folder as if it were empty. */
async function assertFolder(http: HttpClient, options: ListSecretsOptions): Promise<void> {
  const { projectId, environment, secretPath = "/", signal, timeout } = options;
  const parts = secretPath.split("/").filter((part) => part !== "");
  const name = parts.pop();
  const { folders } = await http.request<{ readonly folders: readonly { readonly name: string }[] }>({
    method: "GET",
    path: "/api/v1/folders",
    query: { workspaceId: projectId, environment, path: `/${parts.join("/")}` },
    signal,
    timeout,
    expect: { folders: [{ name: "string" }] },
  });
  if (name === undefined || folders.some((folder) => folder.name === name)) return;
  const place = `The folder ${JSON.stringify(secretPath)} of the environment ${JSON.stringify(environment)}`;
  throw new InfisicalSDKError(`${place} does not exist, or this identity may not see it.`, {
    code: "NOT_FOUND",
  });
}
