import type { Identity } from "../auth/identities.ts";
import type { Project, ProjectRole } from "../resources/projects/project.ts";
import { badRequest, forbidden, permissionDenied } from "./api-error.ts";

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
  | "lease"
  | "subscribe-on-created"
  | "subscribe-on-updated"
  | "subscribe-on-deleted"
  | "subscribe-on-import-mutations"
  | "issue-cert"
  | "read-private-key";

/** The protected subjects, as the server's messages name them. */
export type Subject =
  | "secrets"
  | "dynamic-secrets"
  | "secret-folders"
  | "secret-imports"
  | "secret-events"
  | "tags"
  | "environments"
  | "cmek"
  | "member"
  | "settings"
  | "workspace"
  | "certificates"
  | "certificate-profiles";

/** The actions that members are not allowed. They are allowed nearly everything with secrets and folders. */
const forbiddenToMembers: Readonly<Partial<Record<Subject, readonly Action[]>>> = {
  member: ["edit", "delete"],
  workspace: ["create", "edit", "delete"],
};

/** The type of project that has each subject; the others are part of every project. */
const projectTypes: Readonly<Partial<Record<Subject, string>>> = {
  secrets: "secret-manager",
  "dynamic-secrets": "secret-manager",
  "secret-folders": "secret-manager",
  "secret-imports": "secret-manager",
  "secret-events": "secret-manager",
  tags: "secret-manager",
  environments: "secret-manager",
  cmek: "kms",
  certificates: "cert-manager",
  "certificate-profiles": "cert-manager",
};

/** What roles below the administrator's are allowed with subjects of which they are allowed little. */
const allowedActions: Readonly<Partial<Record<Subject, Partial<Record<ProjectRole, readonly Action[]>>>>> = {
  certificates: { viewer: ["read"] },
  "certificate-profiles": { member: ["read"] },
};

/** Throws 403 unless the identity's project role allows the action, and 400 if the project is of another type. */
export function requirePermission(
  identity: Identity,
  project: Project,
  action: Action,
  subject: Subject,
): void {
  const wanted = projectTypes[subject] ?? project.type;
  if (wanted !== project.type) {
    const message = `The project is of type ${project.type}. Operations of type ${wanted} are not allowed.`;
    throw badRequest(message);
  }
  requireMembership(identity, project);
  if (!mayDo(identity, project, action, subject)) throw permissionDenied(action, subject);
}

/** Whether the identity's role in the project allows the action, or else a privilege of its own. */
export function mayDo(identity: Identity, project: Project, action: Action, subject: Subject): boolean {
  const role = project.roles.get(identity.id);
  if (role === undefined) return false;
  if (allows(role, action, subject)) return true;
  return identity.privileges.some((one) => one.subject === subject && one.actions.includes(action));
}

/** The identity's role in the project. Throws 403 if it has none. */
export function requireMembership(identity: Identity, project: Project): ProjectRole {
  const role = project.roles.get(identity.id);
  if (role !== undefined) return role;
  const message =
    `You are not a member of this project with ID ${project.id}. Please assign this identity to the project ` +
    "with the appropriate permissions, then try again.";
  throw forbidden(message, "ProjectMembershipNotFound");
}

/** Whether a project role allows an action. */
export function allows(role: ProjectRole, action: Action, subject: Subject): boolean {
  if (role === "admin") return true;
  const few = allowedActions[subject];
  if (few) return few[role]?.includes(action) ?? false;
  if (role === "member") return !forbiddenToMembers[subject]?.includes(action);
  return role === "viewer" && (action === "read" || action === "read-root-credential");
}
