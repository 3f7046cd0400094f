import { notFound } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import type { Environment, Project } from "../state/entities.ts";
import { findEnvironment } from "../state/folders.ts";
import { type Action, requireMembership, requirePermission, type Subject } from "../state/permissions.ts";

/**
 * The project with this id, if the identity is allowed the action there.
 *
 * A project that does not exist is answered like one that the identity is not a member of.
 */
export function permittedProject(
  { state }: Routes,
  { identity }: AuthenticatedRequest,
  id: string,
  action: Action,
  subject: Subject,
): Project {
  const project = state.projects.byId(id);
  requireMembership(identity, project);
  requirePermission(identity, project as Project, action, subject);
  return project as Project;
}

/** The environment with this slug. Throws the 404 of the operation that the label names. */
export function requireEnvironment(project: Project, slug: string, label?: string): Environment {
  const environment = findEnvironment(project, slug);
  if (!environment) throw notFound("Environment not found", label);
  return environment;
}
