import { z } from "zod";
import { badRequest, databaseError, forbidden } from "../../api/api-error.ts";
import { requireMembership, requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { isUuid, slug, trimmed, validate } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import { addEnvironment, inOrder } from "./environments.ts";
import { addProject, found, type Project } from "./project.ts";

const type = z.enum(["secret-manager", "cert-manager", "kms", "ssh", "secret-scanning", "pam", "ai"]);

const createBody = z.object({
  projectName: trimmed,
  projectDescription: trimmed.optional(),
  slug: slug(5, 36).optional(),
  kmsKeyId: z.string().optional(),
  template: slug(1, 64, "Template Name").default("default"),
  type: type.default("secret-manager"),
  shouldCreateDefaultEnvs: z.boolean().default(true),
  hasDeleteProtection: z.boolean().default(false),
});

/** What the older path by slug can change; it drops a new slug. */
const updateBody = z.object({
  name: trimmed.max(64, { message: "Name must be 64 or fewer characters" }).optional(),
  description: trimmed.max(1024, { message: "Description must be 1024 or fewer characters" }).optional(),
  autoCapitalization: z.boolean().optional(),
  hasDeleteProtection: z.boolean().optional(),
});

const updateBodyWithSlug = updateBody.extend({
  slug: trimmed
    .max(64, { message: "Slug must be 64 characters or fewer" })
    .refine((value) => /^[a-z0-9]+(?:[_-][a-z0-9]+)*$/.test(value), {
      message:
        "Project slug can only contain lowercase letters and numbers, with optional single hyphens (-) or " +
        "underscores (_) between words. Cannot start or end with a hyphen or underscore.",
    })
    .optional(),
});

const listQuery = z.object({ includeRoles: z.enum(["true", "false"]).optional(), type: type.optional() });

const defaultEnvironments = [
  { name: "Development", slug: "dev" },
  { name: "Staging", slug: "staging" },
  { name: "Production", slug: "prod" },
];

/** What each family of paths adds to a project that it sends with its environments. */
const additions = {
  current: { deletedEnvironments: [] },
  v1: {},
  v2: { kmsSecretManagerKeyId: null },
};

/** Projects, under their current and their older paths. */
export function registerProjects(routes: Routes): void {
  const { state } = routes;
  const full = (project: Project, family: keyof typeof additions): Record<string, unknown> => ({
    ...projectView(state, project),
    _id: project.id,
    environments: inOrder(project.environments.values()).map(({ name, slug, id }) => ({ name, slug, id })),
    ...additions[family],
  });

  for (const [path, family] of [
    ["/api/v1/projects", "current"],
    ["/api/v2/workspace", "v2"],
  ] as const) {
    routes.authenticated("POST", path, (request) => {
      return { project: full(createProject(state, request), family) };
    });
  }

  for (const [path, family, key] of [
    ["/api/v1/projects", "current", "projects"],
    ["/api/v1/workspace", "v1", "workspaces"],
  ] as const) {
    routes.authenticated("GET", path, ({ identity, query }) => {
      const wanted = validate(listQuery, query).type;
      const projects = state.projects
        .all()
        .filter(({ roles, type }) => roles.has(identity.id) && (wanted ?? type) === type);
      return { [key]: projects.map((project) => full(project, family)) };
    });
  }

  for (const [path, find, family, key] of [
    ["/api/v1/projects/slug/:slug", bySlug, "current", undefined],
    ["/api/v2/workspace/:slug", bySlug, "v2", undefined],
    ["/api/v1/projects/:id", byId, "current", "project"],
    ["/api/v1/workspace/:id", byId, "v1", "workspace"],
  ] as const) {
    const wrapped = (view: unknown): unknown => (key ? { [key]: view } : view);

    routes.authenticated("GET", path, (request) => {
      const project = find(state, request);
      requireMembership(request.identity, project);
      return wrapped(full(project, family));
    });

    routes.authenticated("PATCH", path, (request) => {
      const schema = family === "v2" ? updateBody : updateBodyWithSlug;
      const fields: z.infer<typeof updateBodyWithSlug> = validate(schema, request.body());
      const project = find(state, request);
      requirePermission(request.identity, project, "edit", "settings");
      const { slug = project.slug, ...changes } = fields;
      if ((state.projects.bySlug(slug) ?? project) !== project) {
        throw badRequest(`Failed to update project. ${takenSlug(slug)} Please choose a different slug.`);
      }
      // An omitted field has no key here.
      Object.assign(project, { slug, ...changes, updatedAt: state.timestamp() });
      return wrapped(projectView(state, project));
    });

    routes.authenticated("DELETE", path, (request) => {
      const project = find(state, request);
      requirePermission(request.identity, project, "delete", "workspace");
      if (project.hasDeleteProtection) throw forbidden("Project delete protection is enabled");
      state.projects.remove(project);
      return wrapped(projectView(state, project));
    });
  }
}

function bySlug({ projects }: ServerState, { call, parameter }: AuthenticatedRequest): Project {
  const parameters = z.object({ slug: slug(call.method === "GET" ? 1 : 5, 64) });
  const { slug: wanted } = validate(parameters, { slug: parameter("slug") });
  return found(projects.bySlug(wanted), `Project with slug '${wanted}' not found`);
}

function byId({ projects }: ServerState, { parameter }: AuthenticatedRequest): Project {
  const id = parameter("id");
  if (!isUuid(id)) throw databaseError("Failed to find project by id");
  return found(projects.byId(id), `Project with ID '${id}' not found`);
}

function createProject(state: ServerState, request: AuthenticatedRequest): Project {
  const fields = validate(createBody, request.body());
  const { projectName: name, projectDescription: description } = fields;
  if (request.identity.organizationRole === "no-access") {
    throw forbidden("You don't have permission to create a project");
  }
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const slug = fields.slug ?? [...words, state.identifiers.hex(4)].join("-");
  if (state.projects.bySlug(slug)) {
    throw badRequest(`${takenSlug(slug)} Please choose a different name or slug.`);
  }
  const project = addProject(state, { ...fields, name, slug, description });
  project.roles.set(request.identity.id, "admin");
  for (const environment of fields.shouldCreateDefaultEnvs ? defaultEnvironments : []) {
    addEnvironment(state, project, environment);
  }
  return project;
}

function takenSlug(slug: string): string {
  return `A project with the slug "${slug}" already exists in your organization.`;
}

/** A project as sent to clients, without its environments. */
function projectView({ organizationId }: ServerState, project: Project): Record<string, unknown> {
  const { environments, tags, kmsKeys, roles, users, approvals, ...fields } = project;
  return {
    ...fields,
    defaultProduct: null,
    orgId: organizationId,
    version: 3,
    upgradeStatus: null,
    pitVersionLimit: 10,
    kmsCertificateKeyId: null,
    auditLogsRetentionDays: null,
    secretSharing: true,
    showSnapshotsLegacy: false,
    secretDetectionIgnoreValues: null,
    enforceEncryptedSecretManagerSecretMetadata: null,
  };
}
