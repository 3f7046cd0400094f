import type { HttpRequest } from "@infisical/core";
import type { FolderPlace } from "./place.ts";

/** A request to one of the older routes, which call a project a workspace. */
export function workspaceRequest(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  { projectId, signal, timeout, ...rest }: FolderPlace,
  expect: HttpRequest["expect"],
): HttpRequest {
  const fields = { workspaceId: projectId, ...rest };
  const content = method === "GET" ? { query: fields } : { body: fields };
  return { method, path, ...content, signal, timeout, expect };
}
