import { z } from "zod";
import { ApiError, notFound } from "../http/api-error.js";
import type { Routes } from "../http/routes.js";
import { validate } from "../http/validate.js";
import type { Environment, Project } from "../state/entities.js";
import { findEnvironment } from "../state/folders.js";
import { addEnvironment, moveEnvironment } from "../state/new-project.js";
import { permittedProject } from "./find-project.js";
import { slug, trimmed } from "./schemas.js";

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

/** Environments, under `projects` and under the older `workspace`, which is also the key of its replies. */
export function registerEnvironments(routes: Routes, family: "projects" | "workspace"): void {
  const { state } = routes;
  const base = `/api/v1/${family}/:projectId/environments`;
  const reply = (message: string, { id }: Project, environment: Environment): Record<string, unknown> => ({
    message,
    [family === "projects" ? "projectId" : "workspace"]: id,
    environment: environmentView(environment),
  });

  routes.signedIn("POST", base, (request) => {
    const fields = validate(createBody, request.body());
    const project = permittedProject(
      routes,
      request,
      request.parameter("projectId"),
      "create",
      "environments",
    );
    refuseTakenSlug(project, fields.slug, "CreateEnvironment");
    return reply("Successfully created new environment", project, addEnvironment(state, project, fields));
  });

  routes.signedIn("GET", `${base}/:id`, (request) => {
    const project = permittedProject(routes, request, request.parameter("projectId"), "read", "environments");
    return { environment: environmentView(requireEnvironmentById(project, request.parameter("id"))) };
  });

  routes.signedIn("PATCH", `${base}/:id`, (request) => {
    const fields = validate(updateBody, request.body());
    const project = permittedProject(routes, request, request.parameter("projectId"), "edit", "environments");
    const environment = requireEnvironmentById(project, request.parameter("id"));
    if (fields.slug !== undefined && fields.slug !== environment.slug) {
      refuseTakenSlug(project, fields.slug, "UpdateEnvironment");
    }
    environment.name = fields.name ?? environment.name;
    environment.slug = fields.slug ?? environment.slug;
    if (fields.position !== undefined) moveEnvironment(project, environment, fields.position);
    environment.updatedAt = state.timestamp();
    return reply("Successfully updated environment", project, environment);
  });

  routes.signedIn("DELETE", `${base}/:id`, (request) => {
    const project = permittedProject(
      routes,
      request,
      request.parameter("projectId"),
      "delete",
      "environments",
    );
    const environment = requireEnvironmentById(project, request.parameter("id"));
    project.environments.delete(environment.id);
    return reply("Successfully deleted environment", project, environment);
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

function refuseTakenSlug(project: Project, wanted: string, label: string): void {
  if (findEnvironment(project, wanted)) {
    throw new ApiError(400, label, "Environment with slug already exist");
  }
}
