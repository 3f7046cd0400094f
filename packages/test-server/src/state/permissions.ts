import { ApiError, permissionDenied } from "../http/api-error.ts";
import type { Identity, Project, ProjectRole } from "./entities.ts";

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

/** The protected subjects, as the server's messages name them. */
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

/** The actions that members are not allowed. They are allowed nearly everything with secrets and folders. */
const forbiddenToMembers: Readonly<Partial<Record<Subject, readonly Action[]>>> = {
  member: ["edit", "delete"],
  workspace: ["create", "edit", "delete"],
};

/** The identity's role in the project. Throws 403 if it has none. */
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
