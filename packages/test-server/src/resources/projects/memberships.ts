import { z } from "zod";
import { badRequest, notFound } from "../../api/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { validate } from "../../api/schemas.ts";
import { type Entity, type Project, permittedProject } from "./project.ts";

const lowerCase = (values: readonly string[]): boolean =>
  values.every((value) => value === value.toLowerCase());

const people = {
  emails: z.array(z.string().email()).default([]).refine(lowerCase, "Email must be lowercase"),
  usernames: z.array(z.string()).default([]).refine(lowerCase, "Username must be lowercase"),
};

const inviteBody = z.object({ ...people, roleSlugs: z.array(z.string()).min(1).default(["member"]) });
const removeBody = z.object(people);

/** There are no others here, since a role of its own needs a plan that a server does not have by default. */
const projectRoles = "admin member viewer no-access ssh-host-bootstrapper cryptographic-operator".split(" ");

export interface UserMembership extends Entity {
  readonly userId: string;
  readonly username: string;
  readonly roles: readonly string[];
}

/** The users of a project. Of those that are invited, only seeded ones can log in to this server. */
export function registerMemberships(routes: Routes): void {
  const { state } = routes;

  const invite = (request: AuthenticatedRequest): unknown => {
    const { emails, usernames, roleSlugs } = validate(inviteBody, request.body());
    const id = request.parameter("projectId");
    const users = state.projects.byId(id)?.users;
    const invited = new Set([...emails, ...usernames].filter((name) => !users?.has(name)));
    if (invited.size === 0) return { memberships: [] };
    const project = permittedProject(routes, request, id, "create", "member");
    const unknown = roleSlugs.filter((role) => !projectRoles.includes(role));
    if (unknown.length > 0) {
      const roles = unknown.join(",");
      throw notFound(`Specified roles '${roles}' was not found in the project with ID '${project.id}'`);
    }
    const memberships = [...invited].map((username): UserMembership => {
      const user = state.identities.all().find(({ name, isUser }) => isUser && name === username);
      if (user) project.roles.set(user.id, roleSlugs.includes("admin") ? "admin" : "member");
      const userId = user?.id ?? state.identifiers.uuid();
      return { ...state.newEntity(), userId, username, roles: roleSlugs };
    });
    for (const membership of memberships) project.users.set(membership.username, membership);
    return { memberships: memberships.map((membership) => membershipView(project, membership)) };
  };

  const remove = (request: AuthenticatedRequest): unknown => {
    const { emails, usernames } = validate(removeBody, request.body());
    const project = permittedProject(routes, request, request.parameter("projectId"), "delete", "member");
    const names = [...emails, ...usernames];
    const removed = names.flatMap((name) => project.users.get(name) ?? []);
    if (removed.length !== names.length) {
      throw badRequest("Some users are not part of project", "Delete project membership");
    }
    for (const { username, userId } of removed) {
      project.users.delete(username);
      project.roles.delete(userId);
    }
    return { memberships: removed.map((membership) => membershipView(project, membership)) };
  };

  for (const base of ["/api/v2/workspace", "/api/v1/projects"]) {
    const path = `${base}/:projectId/memberships`;
    routes.authenticated("POST", path, invite);
    routes.authenticated("DELETE", path, remove);
  }
}

function membershipView(project: Project, { id, createdAt, updatedAt, userId }: UserMembership): unknown {
  return { id, createdAt, updatedAt, userId, projectId: project.id };
}
