import { notFound } from "../http/api-error.js";
import type { Routes, SignedInRequest } from "../http/routes.js";
import type { Environment, Project } from "../state/entities.js";
import { findEnvironment } from "../state/folders.js";
import { type Action, requireMembership, requirePermission, type Subject } from "../state/permissions.js";

/**
 * The project with this id, if the identity may do that there.
 *
 * One that does not exist answers as one that the identity is no member of.
 */
export function permittedProject(
  { state }: Routes,
  { identity }: SignedInRequest,
  id: string,
  action: Action,
  subject: Subject,
): Project {
  const project = state.projects.byId(id);
  requireMembership(identity, project);
  requirePermission(identity, project as Project, action, subject);
  return project as Project;
}

/** The environment with this slug. Throws the 404 of the operation the label names. */
export function requireEnvironment(project: Project, slug: string, label?: string): Environment {
  const environment = findEnvironment(project, slug);
  if (!environment) throw notFound("Environment not found", label);
  return environment;
}
