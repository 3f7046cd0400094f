import { notFound } from "../http/api-error.ts";
import type { Project, Tag } from "./entities.ts";
import type { ServerState } from "./server-state.ts";

/** Adds a tag to a project. */
export function addTag(
  state: ServerState,
  project: Project,
  options: { readonly slug: string; readonly color: string | null; readonly createdBy: string },
): Tag {
  const now = state.timestamp();
  const tag: Tag = {
    id: state.identifiers.uuid(),
    slug: options.slug,
    color: options.color,
    createdAt: now,
    updatedAt: now,
    projectId: project.id,
    createdBy: options.createdBy,
  };
  project.tags.set(tag.id, tag);
  return tag;
}

/** The tags with these ids. Throws 404 when one of them is unknown. */
export function findTags(project: Project, ids: readonly string[]): Tag[] {
  return ids.map((id) => {
    const tag = project.tags.get(id);
    if (!tag) throw notFound("Tag not found");
    return tag;
  });
}
