import { z } from "zod";
import { badRequest, notFound } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { Project, Tag } from "../state/entities.ts";
import { folderTree } from "../state/folders.ts";
import type { Action } from "../state/permissions.ts";
import { addTag } from "../state/tags.ts";
import { permittedProject } from "./find-project.ts";
import { slug, trimmed } from "./schemas.ts";

const tagBody = z.object({ slug: slug(1, 64), color: trimmed });

/** Tags, under `projects` and the older `workspace`, whose responses use other keys. */
export function registerTags(routes: Routes, family: "projects" | "workspace"): void {
  const { state } = routes;
  const base = `/api/v1/${family}/:projectId/tags`;
  const [one, many] = family === "projects" ? ["tag", "tags"] : ["workspaceTag", "workspaceTags"];
  const projectOf = (request: AuthenticatedRequest, action: Action): Project =>
    permittedProject(routes, request, request.parameter("projectId"), action, "tags");

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
    const wanted = request.parameter("tagSlug");
    return { [one]: namedTagView(requireTag(projectOf(request, "read"), (tag) => tag.slug === wanted)) };
  });

  routes.authenticated("GET", `${base}/:tagId`, (request) => {
    const wanted = request.parameter("tagId");
    return { [one]: namedTagView(requireTag(projectOf(request, "read"), ({ id }) => id === wanted)) };
  });

  routes.authenticated("PATCH", `${base}/:tagId`, (request) => {
    const fields = validate(tagBody, request.body());
    const project = projectOf(request, "edit");
    const tag = tagToChange(project, request.parameter("tagId"));
    if (fields.slug !== tag.slug) requireFreeSlug(project, fields.slug);
    Object.assign(tag, fields, { updatedAt: state.timestamp() });
    return { [one]: tagView(tag) };
  });

  routes.authenticated("DELETE", `${base}/:tagId`, (request) => {
    const project = projectOf(request, "delete");
    const tag = tagToChange(project, request.parameter("tagId"));
    project.tags.delete(tag.id);
    untag(project, tag);
    return { [one]: tagView(tag) };
  });
}

function tagView(tag: Tag): Record<string, unknown> {
  return { ...tag, createdByActorType: "identity" };
}

function namedTagView(tag: Tag): Record<string, unknown> {
  return { ...tagView(tag), name: tag.slug };
}

function requireTag(project: Project, wanted: (tag: Tag) => boolean): Tag {
  const tag = [...project.tags.values()].find(wanted);
  if (!tag) throw notFound("Tag doesn't exist");
  return tag;
}

function tagToChange(project: Project, id: string): Tag {
  const tag = project.tags.get(id);
  if (!tag) throw badRequest("Tag doesn't exist");
  return tag;
}

function requireFreeSlug(project: Project, wanted: string): void {
  if ([...project.tags.values()].some((tag) => tag.slug === wanted)) throw badRequest("Tag already exist");
}

function untag(project: Project, tag: Tag): void {
  for (const { root } of project.environments.values()) {
    for (const folder of folderTree(root)) {
      for (const secret of folder.secrets.values()) {
        if (secret.tags.includes(tag)) secret.tags = secret.tags.filter((other) => other !== tag);
      }
    }
  }
}
