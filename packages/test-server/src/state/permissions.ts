import { ApiError, permissionDenied } from "../http/api-error.js";
import type { Identity, Project, ProjectRole } from "./entities.js";

export type Action =
  | "read"
  | "create"
  | "edit"
  | "delete"
  | "encrypt"
  | "decrypt"
  | "sign"
  | "verify"
  | "read-root-credential"
  | "create-root-credential"
  | "edit-root-credential"
  | "delete-root-credential"
  | "lease";

/** Names of what is protected, as the server's messages spell them. */
export type Subject =
  | "secrets"
  | "dynamic-secrets"
  | "secret-folders"
  | "secret-imports"
  | "tags"
  | "environments"
  | "cmek"
  | "member"
  | "workspace";

/** What a member may not do, though members may do nearly everything with secrets and what holds them. */
const forbiddenToMembers: Readonly<Partial<Record<Subject, readonly Action[]>>> = {
  member: ["edit", "delete"],
  workspace: ["create", "edit", "delete"],
};

/** The identity's role in the project. Whoever has none is not let in. */
export function requireMembership(identity: Identity, project: Project | undefined): ProjectRole {
  const role = project?.roles.get(identity.id);
  if (role === undefined) {
    throw new ApiError(
      403,
      "Identity is not a member of the specified project",
      "You are not allowed to access this resource",
    );
  }
  return role;
}

/** Throws 403 unless the identity's project role allows the action. */
export function requirePermission(
  identity: Identity,
  project: Project,
  action: Action,
  subject: Subject,
): void {
  if (!allows(requireMembership(identity, project), action, subject)) throw permissionDenied(action, subject);
}

function allows(role: ProjectRole, action: Action, subject: Subject): boolean {
  if (role === "admin") return true;
  if (role === "member") return !forbiddenToMembers[subject]?.includes(action);
  return role === "viewer" && (action === "read" || action === "read-root-credential");
}
