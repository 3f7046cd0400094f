import { type HttpRequest, optionError } from "@infisical/core";
import type { FolderPlace } from "./place.ts";

/** A request to one of the older routes, which call a project a workspace. */
export function workspaceRequest(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  { projectId, signal, timeout, ...rest }: FolderPlace,
  expect: HttpRequest["expect"],
): HttpRequest {
  // The server would call it by a name that its caller does not know.
  if (!projectId) throw optionError("projectId", "must be a non-empty string", projectId);
  const fields = { workspaceId: projectId, ...rest };
  const content = method === "GET" ? { query: fields } : { body: fields };
  return { method, path, ...content, signal, timeout, expect };
}
