import { z } from "zod";
import { badRequest, notFound } from "../http/api-error.js";
import type { Routes, SignedInRequest } from "../http/routes.js";
import { validate } from "../http/validate.js";
import type { Project, Tag } from "../state/entities.js";
import { folderTree } from "../state/folders.js";
import type { Action } from "../state/permissions.js";
import { addTag } from "../state/tags.js";
import { permittedProject } from "./find-project.js";
import { slug, trimmed } from "./schemas.js";

const tagBody = z.object({ slug: slug(1, 64), color: trimmed });

/** Tags, under `projects` and under the older `workspace`, whose replies call them otherwise. */
export function registerTags(routes: Routes, family: "projects" | "workspace"): void {
  const { state } = routes;
  const base = `/api/v1/${family}/:projectId/tags`;
  const [one, many] = family === "projects" ? ["tag", "tags"] : ["workspaceTag", "workspaceTags"];
  const open = (request: SignedInRequest, action: Action): Project =>
    permittedProject(routes, request, request.parameter("projectId"), action, "tags");

  routes.signedIn("GET", base, (request) => ({
    [many]: [...open(request, "read").tags.values()].map(tagView),
  }));

  routes.signedIn("POST", base, (request) => {
    const fields = validate(tagBody, request.body());
    const project = open(request, "create");
    refuseTakenSlug(project, fields.slug);
    return { [one]: tagView(addTag(state, project, { ...fields, createdBy: request.identity.id })) };
  });

  routes.signedIn("GET", `${base}/slug/:tagSlug`, (request) => {
    const wanted = request.parameter("tagSlug");
    return { [one]: namedTagView(requireTag(open(request, "read"), (tag) => tag.slug === wanted)) };
  });

  routes.signedIn("GET", `${base}/:tagId`, (request) => {
    const wanted = request.parameter("tagId");
    return { [one]: namedTagView(requireTag(open(request, "read"), ({ id }) => id === wanted)) };
  });

  routes.signedIn("PATCH", `${base}/:tagId`, (request) => {
    const fields = validate(tagBody, request.body());
    const project = open(request, "edit");
    const tag = tagToChange(project, request.parameter("tagId"));
    if (fields.slug !== tag.slug) refuseTakenSlug(project, fields.slug);
    Object.assign(tag, fields, { updatedAt: state.timestamp() });
    return { [one]: tagView(tag) };
  });

  routes.signedIn("DELETE", `${base}/:tagId`, (request) => {
    const project = open(request, "delete");
    const tag = tagToChange(project, request.parameter("tagId"));
    project.tags.delete(tag.id);
    takeOff(project, tag);
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

function refuseTakenSlug(project: Project, wanted: string): void {
  if ([...project.tags.values()].some((tag) => tag.slug === wanted)) throw badRequest("Tag already exist");
}

function takeOff(project: Project, tag: Tag): void {
  for (const { root } of project.environments.values()) {
    for (const folder of folderTree(root)) {
      for (const secret of folder.secrets.values()) {
        if (secret.tags.includes(tag)) secret.tags = secret.tags.filter((other) => other !== tag);
      }
    }
  }
}
