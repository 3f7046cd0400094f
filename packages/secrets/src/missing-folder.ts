import { type HttpClient, InfisicalSDKRequestError, isInfisicalError } from "@infisical/core";
import { rewordRequestError } from "@infisical/core/authoring";
import type { ListSecretsOptions } from "./read-options.ts";
import type { ListSecretsResponse } from "./results.ts";

/** Rethrows the failure of a list. Older servers answer a recursive list of an unknown environment with a 500. */
export async function explainFailure(
  http: HttpClient,
  options: ListSecretsOptions,
  error: unknown,
): Promise<never> {
  const isServerError = isInfisicalError(error) && error.code === "SERVER_ERROR";
  if (isServerError && options.recursive) await assertFolderUnlessUnclear(http, options);
  throw error;
}

/** Throws if a list is empty because its folder does not exist: older servers list such a folder as if it were empty. */
export async function assertListed(
  http: HttpClient,
  options: ListSecretsOptions,
  { secrets, imports }: ListSecretsResponse,
): Promise<void> {
  if (secrets.length > 0 || (imports?.length ?? 0) > 0) return;
  // Current servers, which refuse unknown folders, send an empty list of imports even if nobody asked for it.
  if (imports && !options.includeImports) return;
  await assertFolderUnlessUnclear(http, options);
}

/** Throws if the folder is known not to exist. If that stays open, what the server answered to the list counts. */
async function assertFolderUnlessUnclear(http: HttpClient, options: ListSecretsOptions): Promise<void> {
  try {
    await assertFolder(http, options);
  } catch (error) {
    const isMissing = isInfisicalError(error) && error.code === "NOT_FOUND";
    if (isMissing || options.signal?.aborted) throw error;
  }
}

/** Throws, in the words of current servers, if the folder does not exist. */
export async function assertFolder(http: HttpClient, options: ListSecretsOptions): Promise<void> {
  const { projectId, environment, secretPath = "/", recursive, signal, timeout } = options;
  const parts = secretPath.split("/").filter((part) => part !== "");
  const name = parts.pop();
  const request = {
    operation: "folders.listFolders",
    method: "GET",
    path: "/api/v1/folders",
    query: { workspaceId: projectId, environment, path: `/${parts.join("/")}` },
    signal,
    timeout,
    expect: { folders: [{ name: "string" }] },
  } as const;
  const noFolder =
    `Folder with path '${secretPath}' in environment '${environment}' was not found. ` +
    "Please ensure the environment slug and secret path is correct.";
  const noEnvironment = recursive
    ? `Environment with slug '${environment}' in project with ID ${projectId} not found`
    : noFolder;
  const { folders } = await http
    .request<{ readonly folders: readonly { readonly name: string }[] }>(request)
    .catch((error: unknown) => {
      const isOfRequest = isInfisicalError(error) && error.name === "InfisicalSDKRequestError";
      if (!isOfRequest || !/^Environment .*not found/.test(error.text)) throw error;
      throw rewordRequestError(error, () => noEnvironment);
    });
  if (name === undefined || folders.some((folder) => folder.name === name)) return;
  const { method, path: url } = request;
  throw new InfisicalSDKRequestError(noFolder, { code: "NOT_FOUND", method, url });
}
