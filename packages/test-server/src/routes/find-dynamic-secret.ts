import { notFound } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { folderAt, requireProject } from "../secrets/find-location.ts";
import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.ts";
import type { Folder } from "../state/entities.ts";
import { type Action, requirePermission } from "../state/permissions.ts";
import type { DynamicSecretLocation } from "./dynamic-secret-requests.ts";

/** The folder, if the identity is allowed the action there. */
export function permittedFolder(
  { state }: Routes,
  { identity }: AuthenticatedRequest,
  { projectSlug, environmentSlug: environment, path }: DynamicSecretLocation,
  action: Action,
): Folder {
  const project = requireProject(state, { slug: projectSlug });
  requirePermission(identity, project, action, "dynamic-secrets");
  const folder = folderAt({ project, environment, path });
  if (!folder) throw notFound("Folder not found");
  return folder;
}

/** The dynamic secret of that name. */
export function requireDynamicSecret(folder: Folder, name: string): DynamicSecret {
  const dynamicSecret = folder.dynamicSecrets.get(name);
  if (!dynamicSecret) throw notFound("Dynamic secret not found");
  return dynamicSecret;
}

/** The lease, if it belongs to a dynamic secret of that folder. */
export function requireLease({ state }: Routes, folder: Folder, id: string): Lease {
  const lease = state.leases.byId(id);
  if (lease?.dynamicSecret.folder !== folder) throw notFound("Dynamic secret lease not found");
  return lease;
}
