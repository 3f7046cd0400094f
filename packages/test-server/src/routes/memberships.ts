import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { Project, UserMembership } from "../state/entities.ts";
import { type Action, requirePermission } from "../state/permissions.ts";
import { trimmed } from "./schemas.ts";

const lowerCase = (values: readonly string[]): boolean =>
  values.every((value) => value === value.toLowerCase());

const people = {
  emails: z.array(z.string().email()).default([]).refine(lowerCase, "Email must be lowercase"),
  usernames: z.array(z.string()).default([]).refine(lowerCase, "Username must be lowercase"),
};

const inviteBody = z.object({ ...people, roleSlugs: z.array(trimmed).min(1).default(["member"]) });
const removeBody = z.object(people);

/** The users of a project. They can be invited, but cannot log in to this server. */
export function registerMemberships(routes: Routes): void {
  const { state } = routes;

  const invite = (request: AuthenticatedRequest): unknown => {
    const { emails, usernames, roleSlugs } = validate(inviteBody, request.body());
    const project = projectFor(routes, request, "create");
    const invited = new Set([...emails, ...usernames].filter((name) => !project.users.has(name)));
    const now = state.timestamp();
    const memberships = [...invited].map((username) => {
      const membership: UserMembership = {
        id: state.identifiers.uuid(),
        userId: state.identifiers.uuid(),
        username,
        roles: roleSlugs,
        createdAt: now,
        updatedAt: now,
      };
      project.users.set(username, membership);
      return membershipView(project, membership);
    });
    return { memberships };
  };

  const remove = (request: AuthenticatedRequest): unknown => {
    const { emails, usernames } = validate(removeBody, request.body());
    const project = projectFor(routes, request, "delete");
    const removed = [...emails, ...usernames].flatMap((name) => project.users.get(name) ?? []);
    for (const { username } of removed) project.users.delete(username);
    return { memberships: removed.map((membership) => membershipView(project, membership)) };
  };

  for (const path of [
    "/api/v2/workspace/:projectId/memberships",
    "/api/v1/projects/:projectId/memberships",
  ]) {
    routes.authenticated("POST", path, invite);
    routes.authenticated("DELETE", path, remove);
  }
}

function projectFor(
  { state }: Routes,
  { identity, parameter }: AuthenticatedRequest,
  action: Action,
): Project {
  const project = state.projects.byId(parameter("projectId"));
  if (!project?.roles.has(identity.id)) {
    throw new ApiError(403, "ForbiddenError", "Access denied to one or more of the specified projects");
  }
  requirePermission(identity, project, action, "member");
  return project;
}

function membershipView(project: Project, { id, createdAt, updatedAt, userId }: UserMembership): unknown {
  return { id, createdAt, updatedAt, userId, projectId: project.id };
}
