import { z } from "zod";
import { ApiError, notFound } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { Environment, Project } from "../state/entities.ts";
import { findEnvironment } from "../state/folders.ts";
import { addEnvironment, moveEnvironment } from "../state/new-project.ts";
import { permittedProject } from "./find-project.ts";
import { slug, trimmed } from "./schemas.ts";

const createBody = z.object({
  name: trimmed,
  position: z.number().min(1).optional(),
  slug: slug(1, 64),
});

const updateBody = z.object({
  slug: slug(1, 64).optional(),
  name: trimmed.optional(),
  position: z.number().min(1).optional(),
});

/** Environments, under `projects` and the older `workspace`, which is also the key of its responses. */
export function registerEnvironments(routes: Routes, family: "projects" | "workspace"): void {
  const { state } = routes;
  const base = `/api/v1/${family}/:projectId/environments`;
  const environmentResponse = (
    message: string,
    { id }: Project,
    environment: Environment,
  ): Record<string, unknown> => ({
    message,
    [family === "projects" ? "projectId" : "workspace"]: id,
    environment: environmentView(environment),
  });

  routes.authenticated("POST", base, (request) => {
    const fields = validate(createBody, request.body());
    const project = permittedProject(
      routes,
      request,
      request.parameter("projectId"),
      "create",
      "environments",
    );
    requireFreeSlug(project, fields.slug, "CreateEnvironment");
    return environmentResponse(
      "Successfully created new environment",
      project,
      addEnvironment(state, project, fields),
    );
  });

  routes.authenticated("GET", `${base}/:id`, (request) => {
    const project = permittedProject(routes, request, request.parameter("projectId"), "read", "environments");
    return { environment: environmentView(requireEnvironmentById(project, request.parameter("id"))) };
  });

  routes.authenticated("PATCH", `${base}/:id`, (request) => {
    const fields = validate(updateBody, request.body());
    const project = permittedProject(routes, request, request.parameter("projectId"), "edit", "environments");
    const environment = requireEnvironmentById(project, request.parameter("id"));
    if (fields.slug !== undefined && fields.slug !== environment.slug) {
      requireFreeSlug(project, fields.slug, "UpdateEnvironment");
    }
    environment.name = fields.name ?? environment.name;
    environment.slug = fields.slug ?? environment.slug;
    if (fields.position !== undefined) moveEnvironment(project, environment, fields.position);
    environment.updatedAt = state.timestamp();
    return environmentResponse("Successfully updated environment", project, environment);
  });

  routes.authenticated("DELETE", `${base}/:id`, (request) => {
    const project = permittedProject(
      routes,
      request,
      request.parameter("projectId"),
      "delete",
      "environments",
    );
    const environment = requireEnvironmentById(project, request.parameter("id"));
    project.environments.delete(environment.id);
    return environmentResponse("Successfully deleted environment", project, environment);
  });
}

function environmentView({ root: _root, ...environment }: Environment): Record<string, unknown> {
  return environment;
}

function requireEnvironmentById(project: Project, id: string): Environment {
  const environment = project.environments.get(id);
  if (!environment) throw notFound(`Environment with ID '${id}' not found`);
  return environment;
}

function requireFreeSlug(project: Project, wanted: string, label: string): void {
  if (findEnvironment(project, wanted)) {
    throw new ApiError(400, label, "Environment with slug already exist");
  }
}
