import { z } from "zod";
import { badRequest, databaseError, notFound } from "../../api/api-error.ts";
import { type Action, requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { isUuid, slug, trimmed, validate } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import { projectSecrets } from "../folders/folders-state.ts";
import { type Entity, found, type Project, permittedProject } from "./project.ts";

const tagBody = z.object({ slug: slug(1, 64), color: trimmed });

export interface Tag extends Entity, z.infer<typeof tagBody> {
  readonly createdBy: string;
  readonly projectId: string;
}

/** Tags, under `projects` and the older `workspace`, whose responses use other keys. */
export function registerTags(routes: Routes, family: "projects" | "workspace"): void {
  const { state } = routes;
  const base = `/api/v1/${family}/:projectId/tags`;
  const [one, many] = family === "projects" ? ["tag", "tags"] : ["workspaceTag", "workspaceTags"];
  const projectOf = (request: AuthenticatedRequest, action: Action): Project =>
    permittedProject(routes, request, request.parameter("projectId"), action, "tags");

  /** The tag that a path names, in whatever project it is. */
  const tagOf = ({ identity, parameter }: AuthenticatedRequest, action: Action) => {
    const id = parameter("tagId");
    if (!isUuid(id)) throw databaseError("Find by id");
    const project = state.projects.all().find(({ tags }) => tags.has(id));
    const tag = project?.tags.get(id);
    if (!project || !tag) throw (action === "read" ? notFound : badRequest)("Tag doesn't exist");
    requirePermission(identity, project, action, "tags");
    return { tag, project };
  };

  routes.authenticated("GET", base, (request) => ({
    [many]: [...projectOf(request, "read").tags.values()].map(tagView),
  }));

  routes.authenticated("POST", base, (request) => {
    const fields = validate(tagBody, request.body());
    const project = projectOf(request, "create");
    requireFreeSlug(project, fields.slug);
    return { [one]: tagView(addTag(state, project, { ...fields, createdBy: request.identity.id })) };
  });

  routes.authenticated("GET", `${base}/slug/:tagSlug`, (request) => {
    const projectId = request.parameter("projectId");
    if (!isUuid(projectId)) throw databaseError("Find one");
    const project = state.projects.byId(projectId);
    const tag = found(project && tagBySlug(project, request.parameter("tagSlug")), "Tag doesn't exist");
    projectOf(request, "read");
    return { [one]: { ...tagView(tag), name: tag.slug } };
  });

  routes.authenticated("GET", `${base}/:tagId`, (request) => {
    const { tag } = tagOf(request, "read");
    return { [one]: { ...tagView(tag), name: tag.slug } };
  });

  routes.authenticated("PATCH", `${base}/:tagId`, (request) => {
    const fields = validate(tagBody, request.body());
    const { tag, project } = tagOf(request, "edit");
    if (fields.slug !== tag.slug) requireFreeSlug(project, fields.slug);
    Object.assign(tag, fields, { updatedAt: state.timestamp() });
    return { [one]: tagView(tag) };
  });

  routes.authenticated("DELETE", `${base}/:tagId`, (request) => {
    const { tag, project } = tagOf(request, "delete");
    project.tags.delete(tag.id);
    for (const secret of projectSecrets(project)) {
      secret.tags = secret.tags.filter((other) => other !== tag);
    }
    return { [one]: tagView(tag) };
  });
}

/** Adds a tag to a project. */
export function addTag(
  state: ServerState,
  project: Project,
  options: Pick<Tag, "slug" | "color" | "createdBy">,
): Tag {
  const tag: Tag = { ...state.newEntity(), ...options, projectId: project.id };
  project.tags.set(tag.id, tag);
  return tag;
}

/** The tag of a project with this slug. */
export function tagBySlug({ tags }: Project, slug: string): Tag | undefined {
  return [...tags.values()].find((tag) => tag.slug === slug);
}

/** The tags with these ids. Throws 404 when one of them is unknown. */
export function findTags(project: Project, ids: readonly string[]): Tag[] {
  if (!ids.every(isUuid)) throw databaseError("Find one");
  const tags = [...project.tags.values()].filter(({ id }) => ids.includes(id));
  if (tags.length === ids.length) return tags;
  throw notFound(`Tag not found. Found ${tags.map((tag) => tag.slug).join(",")}`);
}

function tagView(tag: Tag): Record<string, unknown> {
  return { ...tag, createdByActorType: "identity" };
}

function requireFreeSlug(project: Project, wanted: string): void {
  if (tagBySlug(project, wanted)) throw badRequest("Tag already exist");
}
