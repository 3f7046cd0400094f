import { z } from "zod";
import { badRequest, databaseError } from "../../api/api-error.ts";
import { type Action, requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { isUuid, slug, trimmed, validate } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import { type Folder, findEnvironment, newFolder } from "../folders/folders-state.ts";
import { type Entity, found, type Project, permittedProject } from "./project.ts";

const createBody = z.object({ name: trimmed, position: z.number().min(1).optional(), slug: slug(1, 64) });
const updateBody = z.object({
  slug: slug(1, 64).optional(),
  name: trimmed.optional(),
  position: z.number().optional(),
});

export interface Environment extends Entity {
  name: string;
  slug: string;
  position: number;
  readonly projectId: string;
  readonly root: Folder;
}

/** Environments, under `projects` and the older `workspace`, which is also the key of its responses. */
export function registerEnvironments(routes: Routes, family: "projects" | "workspace"): void {
  const { state } = routes;
  const base = `/api/v1/${family}/:projectId/environments`;
  const projectOf = (request: AuthenticatedRequest, action: Action): Project =>
    permittedProject(routes, request, request.parameter("projectId"), action, "environments");
  const environmentOf = (request: AuthenticatedRequest, project: Project, label?: string): Environment => {
    const id = request.parameter("id");
    const message = `Environment with id '${id}' in project with ID '${project.id}' not found`;
    return found(project.environments.get(id), message, label);
  };
  const changed = (message: string, { id }: Project, environment: Environment): Record<string, unknown> => ({
    message,
    [family === "projects" ? "projectId" : "workspace"]: id,
    environment: environmentView(environment),
  });

  routes.authenticated("POST", base, (request) => {
    const fields = validate(createBody, request.body());
    const project = projectOf(request, "create");
    requireFreeSlug(project, fields.slug, "CreateEnvironment");
    return changed("Successfully created new environment", project, addEnvironment(state, project, fields));
  });

  routes.authenticated("GET", `${base}/:id`, (request) => {
    const id = request.parameter("id");
    if (!isUuid(id)) throw databaseError("Find by id");
    const having = state.projects.all().find(({ environments }) => environments.has(id));
    const project = found(having, `Environment with ID '${id}' not found`);
    requirePermission(request.identity, project, "read", "environments");
    return { environment: environmentView(environmentOf(request, project)) };
  });

  routes.authenticated("PATCH", `${base}/:id`, (request) => {
    const { position, ...fields } = validate(updateBody, request.body());
    const project = projectOf(request, "edit");
    const environment = environmentOf(request, project);
    if (fields.slug !== undefined && fields.slug !== environment.slug) {
      requireFreeSlug(project, fields.slug, "UpdateEnvironment");
    }
    Object.assign(environment, fields, { updatedAt: state.timestamp() });
    if (position) moveTo(position - 1, environment, project.environments.values());
    return changed("Successfully updated environment", project, environment);
  });

  routes.authenticated("DELETE", `${base}/:id`, (request) => {
    const project = projectOf(request, "delete");
    const environment = environmentOf(request, project, "DeleteEnvironment");
    project.environments.delete(environment.id);
    for (const other of project.environments.values()) {
      if (other.position > environment.position) other.position -= 1;
    }
    return changed("Successfully deleted environment", project, environment);
  });
}

/** Adds an environment with its root folder. Those at or after its position move back by one if it is taken. */
export function addEnvironment(
  state: ServerState,
  project: Project,
  { name, slug, position }: z.output<typeof createBody>,
): Environment {
  const others = inOrder(project.environments.values());
  if (others.some((other) => other.position === position)) {
    for (const other of others) if (other.position >= Number(position)) other.position += 1;
  }
  const last = others.at(-1)?.position ?? 0;
  const environment: Environment = {
    ...state.newEntity(),
    name,
    slug,
    position: position ?? last + 1,
    projectId: project.id,
    get root() {
      return root;
    },
  };
  const root = newFolder(state, environment, null, "root");
  project.environments.set(environment.id, environment);
  return environment;
}

interface Positioned {
  position: number;
}

/** Environments or imports, ordered by position. */
export function inOrder<Item extends Positioned>(items: Iterable<Item>): Item[] {
  return [...items].sort((left, right) => left.position - right.position);
}

/** Moves an environment or an import to another place, counted from 0, and shifts the others. */
export function moveTo<Item extends Positioned>(index: number, moved: Item, items: Iterable<Item>): void {
  const others = inOrder(items).filter((other) => other !== moved);
  others.splice(index, 0, moved);
  for (const [place, item] of others.entries()) item.position = place + 1;
}

function environmentView({ root: _root, ...environment }: Environment): Record<string, unknown> {
  const deletion = { softDeletedAt: null, deletedByUserId: null, deletedByIdentityId: null };
  return { ...environment, deleteAfter: null, ...deletion };
}

function requireFreeSlug(project: Project, wanted: string, label: string): void {
  if (findEnvironment(project, wanted)) throw badRequest("Environment with slug already exists", label);
}
