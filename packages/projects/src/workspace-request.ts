import type { HttpRequest } from "@infisical/core";
import { folderPath, requireText } from "@infisical/core/authoring";
import type { FolderPlace } from "./place.ts";

/** A request to one of the older routes, which call a project a workspace. */
export function workspaceRequest(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  url: string,
  { projectId, signal, timeout, ...rest }: FolderPlace,
  expect: HttpRequest["expect"],
): HttpRequest {
  // Checked here, since the server would call it by a name that its caller does not know.
  const workspaceId = requireText("projectId", projectId);
  const path = rest.path === undefined ? undefined : folderPath("path", rest.path);
  const fields = { workspaceId, ...rest, ...(path !== undefined && { path }) };
  const content = method === "GET" ? { query: fields } : { body: fields };
  return { method, path: url, ...content, signal, timeout, expect };
}
