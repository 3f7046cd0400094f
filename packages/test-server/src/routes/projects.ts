import { z } from "zod";
import { ApiError, badRequest, notFound, permissionDenied } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { Project } from "../state/entities.ts";
import { addEnvironment, addProject } from "../state/new-project.ts";
import { type Action, requirePermission } from "../state/permissions.ts";
import { permittedProject } from "./find-project.ts";
import { fullProjectView, projectView } from "./project-view.ts";
import { slug, trimmed } from "./schemas.ts";

const createBody = z.object({
  projectName: trimmed.max(64),
  projectDescription: trimmed.max(1024).optional(),
  slug: slug(5, 64).optional(),
  kmsKeyId: z.string().optional(),
  template: trimmed.default("default"),
  type: trimmed.default("secret-manager"),
  shouldCreateDefaultEnvs: z.boolean().default(true),
  hasDeleteProtection: z.boolean().default(false),
});

const updateBody = z.object({
  name: trimmed.max(64).optional(),
  description: trimmed.max(1024).nullish(),
  slug: slug(5, 64).optional(),
  autoCapitalization: z.boolean().optional(),
  hasDeleteProtection: z.boolean().optional(),
});

const defaultEnvironments = [
  { name: "Development", slug: "dev" },
  { name: "Staging", slug: "staging" },
  { name: "Production", slug: "prod" },
];

/** Projects, under their current and their older paths. */
export function registerProjects(routes: Routes): void {
  const { state } = routes;

  const requireFreeSlug = (wanted: string | undefined): void => {
    if (wanted === undefined || !state.projects.bySlug(wanted)) return;
    throw badRequest(`A project with the slug "${wanted}" already exists in your organization`);
  };

  const create = (request: AuthenticatedRequest): unknown => {
    const fields = validate(createBody, request.body());
    if (request.identity.organizationRole === "no-access") throw permissionDenied("create", "workspace");
    requireFreeSlug(fields.slug);
    const project = addProject(state, {
      name: fields.projectName,
      slug: fields.slug ?? generatedSlug(fields.projectName, state.identifiers.hex(4)),
      description: fields.projectDescription,
      type: fields.type,
      hasDeleteProtection: fields.hasDeleteProtection,
    });
    project.roles.set(request.identity.id, "admin");
    for (const environment of fields.shouldCreateDefaultEnvs ? defaultEnvironments : []) {
      addEnvironment(state, project, environment);
    }
    return { project: fullProjectView(state, project) };
  };

  const bySlug = (request: AuthenticatedRequest, action: Action): Project => {
    const wanted = request.parameter("slug");
    const project = state.projects.bySlug(wanted);
    if (!project) throw notFound(`Project with slug '${wanted}' not found`);
    requirePermission(request.identity, project, action, "workspace");
    return project;
  };

  const update = (request: AuthenticatedRequest): unknown => {
    const fields = validate(updateBody, request.body());
    const project = bySlug(request, "edit");
    if (fields.slug !== project.slug) requireFreeSlug(fields.slug);
    project.name = fields.name ?? project.name;
    project.slug = fields.slug ?? project.slug;
    if (fields.description !== undefined) project.description = fields.description;
    project.autoCapitalization = fields.autoCapitalization ?? project.autoCapitalization;
    project.hasDeleteProtection = fields.hasDeleteProtection ?? project.hasDeleteProtection;
    project.updatedAt = state.timestamp();
    return projectView(state, project);
  };

  const remove = (request: AuthenticatedRequest): unknown => {
    const project = bySlug(request, "delete");
    if (project.hasDeleteProtection) {
      throw new ApiError(403, "ForbiddenError", "Project delete protection is enabled");
    }
    state.projects.remove(project);
    return projectView(state, project);
  };

  routes.authenticated("POST", "/api/v2/workspace", create);
  routes.authenticated("POST", "/api/v1/projects", create);
  for (const path of ["/api/v2/workspace/:slug", "/api/v1/projects/slug/:slug"]) {
    routes.authenticated("GET", path, (request) => fullProjectView(state, bySlug(request, "read")));
    routes.authenticated("PATCH", path, update);
    routes.authenticated("DELETE", path, remove);
  }
  for (const [path, key] of [
    ["/api/v1/projects/:id", "project"],
    ["/api/v1/workspace/:id", "workspace"],
  ] as const) {
    routes.authenticated("GET", path, (request) => {
      const project = permittedProject(routes, request, request.parameter("id"), "read", "workspace");
      return { [key]: fullProjectView(state, project) };
    });
  }
}

function generatedSlug(name: string, suffix: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [...words, suffix].join("-");
}
