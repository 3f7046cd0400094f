import { z } from "zod";
import { databaseError } from "../../api/api-error.ts";
import { type Action, requireMembership, requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest } from "../../api/routes.ts";
import { isUuid, secretPath } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import { type Folder, findEnvironment, findFolder } from "../folders/folders-state.ts";
import { found } from "../projects/project.ts";
import type { DynamicSecret, Lease } from "./dynamic-secret.ts";

export const location = {
  projectSlug: z.string().min(1),
  path: secretPath,
  environmentSlug: z.string().min(1),
};

/** Where a request looks for dynamic secrets, and for whom. */
export interface Search {
  readonly state: ServerState;
  readonly request: AuthenticatedRequest;
  readonly location: z.infer<z.ZodObject<typeof location>>;
}

/** The folder of dynamic secrets, if the identity is allowed to do this with all of them. */
export function permittedFolder(search: Search, action: Action): Folder {
  const { folder, permit } = lookUp(search);
  permit(action);
  return found(folder, noFolder(search));
}

/** The dynamic secret of that name, if the identity is allowed to do this with it. */
export function permittedDynamicSecret(search: Search, name: string, ...actions: Action[]): DynamicSecret {
  const { folder, permit } = lookUp(search);
  const { dynamicSecrets } = found(folder, noFolder(search));
  // The message of a read lacks a quotation mark on the real server too.
  const quote = search.request.call.method === "GET" ? "" : "'";
  const message = `Dynamic secret with name '${name}${quote} in folder '${search.location.path}' not found`;
  const dynamicSecret = found(dynamicSecrets.get(name), message);
  permit(...actions);
  return dynamicSecret;
}

/** The dynamic secret of that name, if the identity is allowed to lease it. */
export function leasableDynamicSecret(search: Search, name: string): DynamicSecret {
  const { folder, permit } = lookUp(search);
  const { dynamicSecrets } = found(folder, noFolder(search, "environment with slug"));
  const message = `Dynamic secret with name '${name}' in folder with path '${search.location.path}' not found`;
  const dynamicSecret = found(dynamicSecrets.get(name), message);
  permit("lease");
  return dynamicSecret;
}

/** The lease that a path names, if the identity is allowed to use it. */
export function permittedLease(search: Search): Lease {
  const { state, request, location } = search;
  const id = request.parameter("id");
  const isRead = request.call.method === "GET";
  const { folder, permit } = lookUp(search);
  const missing = `Folder with path '${location.path}' not found`;
  found(folder, isRead ? missing : noFolder(search, "environment with slug"));
  // The database of the real server refuses to look for anything else.
  if (!isUuid(id)) throw databaseError("DynamicSecretLeaseFindById");
  const lease = state.leases.byId(id);
  const elsewhere = isRead && lease && `Dynamic secret with ID '${lease.dynamicSecret.id}' not found`;
  const here = lease?.dynamicSecret.folder === folder ? lease : undefined;
  const wanted = found(here, elsewhere || `Dynamic secret lease with ID '${id}' not found`);
  permit("lease");
  return wanted;
}

/** The folder of a request in a project that its identity is a member of. Most lookups come before the permission. */
function lookUp({ state, request: { identity }, location: { projectSlug, environmentSlug, path } }: Search) {
  const project = found(state.projects.bySlug(projectSlug), `Project with slug '${projectSlug}' not found`);
  requireMembership(identity, project);
  return {
    folder: findFolder(findEnvironment(project, environmentSlug), path),
    permit: (...actions: Action[]): void => {
      for (const action of actions) requirePermission(identity, project, action, "dynamic-secrets");
    },
  };
}

function noFolder({ location: { path, environmentSlug } }: Search, kind = "environment"): string {
  return `Folder with path '${path}' in ${kind} '${environmentSlug}' not found`;
}
