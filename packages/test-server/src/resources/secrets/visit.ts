import { badRequest, databaseError } from "../../api/api-error.ts";
import { requireMembership } from "../../api/permissions.ts";
import type { AuthenticatedRequest } from "../../api/routes.ts";
import type { ServerState } from "../../api/server-state.ts";
import type { Identity } from "../../auth/identities.ts";
import { type Folder, type FolderPlace, folderPath } from "../folders/folders-state.ts";
import { found, type Project, type ProjectFields } from "../projects/project.ts";
import type { SecretsApiVersion } from "./fields.ts";

/** A request to one version of the secrets API. */
export interface SecretsRequest extends AuthenticatedRequest {
  readonly state: ServerState;
  readonly version: SecretsApiVersion;
}

/** A place of secrets and who wants something there. */
export interface Visit extends FolderPlace {
  readonly state: ServerState;
  readonly identity: Identity;
  readonly project: Project;
}

/** The fields that every request for secrets has. */
export interface PlaceFields extends ProjectFields {
  readonly environment: string;
  readonly secretPath: string;
}

/** The place of a request, in a project that its identity is a member of. */
export function visit({ state, identity }: SecretsRequest, fields: PlaceFields, whenUnnamed?: string): Visit {
  const project = namedProject(state, fields, whenUnnamed);
  requireMembership(identity, project);
  return { state, identity, project, environment: fields.environment, path: fields.secretPath };
}

function namedProject(
  { projects }: ServerState,
  { workspaceId, workspaceSlug, projectId, projectSlug }: ProjectFields,
  whenUnnamed = "You must provide projectSlug or workspaceId",
): Project {
  const id = projectId ?? (workspaceId || undefined);
  if (id !== undefined) {
    const advice = "Are you sure you are using the correct project ID?";
    return found(projects.byId(id), `Project with ID '${id}' not found during bot lookup. ${advice}`);
  }
  const slug = workspaceSlug || projectSlug;
  if (!slug) throw badRequest(whenUnnamed);
  return found(projects.bySlug(slug), `Project with slug '${slug}' not found`);
}

/** Does a write to some folders, or returns the approval request that one of them needs instead. */
export function approved<Done>(
  { state, identity, project }: Visit,
  folders: readonly Folder[],
  write: () => Done,
): Done | { readonly approval: Record<string, unknown> } {
  const policyOf = (folder: Folder) =>
    project.approvals.find(
      ({ environment, path }) => environment === folder.environment.slug && covers(path, folderPath(folder)),
    );
  const folder = folders.find(policyOf);
  const policy = folder && policyOf(folder);
  if (!policy) return write();
  const { id, ...timestamps } = state.newEntity();
  return {
    approval: {
      id,
      policyId: policy.id,
      hasMerged: false,
      status: "open",
      conflicts: null,
      slug: `request-${id.slice(0, 8)}`,
      folderId: folder.id,
      isReplicated: false,
      committerUserId: identity.id,
      statusChangedByUserId: null,
      ...timestamps,
    },
  };
}

function covers(policyPath: string | undefined, path: string): boolean {
  if (policyPath === undefined || policyPath === path) return true;
  const parent = policyPath.endsWith("/**") ? policyPath.slice(0, -3) : undefined;
  return parent !== undefined && (path === (parent || "/") || path.startsWith(`${parent}/`));
}

/**
 * Rejects names that break a rule, all of them in one response. Clients only get a message: the real server does not
 * list the failures in its JSON either.
 */
export function requireValidKeys({ state, environment }: Visit, keys: readonly string[]): void {
  const rules = state.secretValidationRules.filter(
    (rule) => (rule.environment ?? environment) === environment,
  );
  const failures = keys.flatMap((key) =>
    rules
      .filter(({ keyPattern }) => key.search(keyPattern) === -1)
      .map(({ name, keyPattern: pattern }) => {
        const source = typeof pattern === "string" ? pattern : pattern.source;
        return `Secret "${key}": key must match pattern ${source} (rule: "${name}", constraint: Regex pattern)`;
      }),
  );
  if (failures.length > 0) throw badRequest(`Secret validation failed:\n${failures.join("\n\n")}`);
}

/** Text columns cannot hold U+0000. Values are encrypted and can. */
export function requireText(text: string, label: string): void {
  if (text.includes("\0")) throw databaseError(label);
}
