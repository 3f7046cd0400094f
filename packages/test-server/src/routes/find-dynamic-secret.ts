import { notFound } from "../http/api-error.js";
import type { Routes, SignedInRequest } from "../http/routes.js";
import { placeFolder, requireProject } from "../secrets/find-place.js";
import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.js";
import type { Folder } from "../state/entities.js";
import { type Action, requirePermission } from "../state/permissions.js";
import type { DynamicSecretPlace } from "./dynamic-secret-requests.js";

/** The folder, if the identity may do that there. */
export function permittedFolder(
  { state }: Routes,
  { identity }: SignedInRequest,
  { projectSlug, environmentSlug: environment, path }: DynamicSecretPlace,
  action: Action,
): Folder {
  const project = requireProject(state, { slug: projectSlug });
  requirePermission(identity, project, action, "dynamic-secrets");
  const folder = placeFolder({ project, environment, path });
  if (!folder) throw notFound("Folder not found");
  return folder;
}

/** The dynamic secret of that name. */
export function requireDynamicSecret(folder: Folder, name: string): DynamicSecret {
  const dynamicSecret = folder.dynamicSecrets.get(name);
  if (!dynamicSecret) throw notFound("Dynamic secret not found");
  return dynamicSecret;
}

/** The lease, if it is one of a dynamic secret of that folder. */
export function requireLease({ state }: Routes, folder: Folder, id: string): Lease {
  const lease = state.leases.byId(id);
  if (lease?.dynamicSecret.folder !== folder) throw notFound("Dynamic secret lease not found");
  return lease;
}
