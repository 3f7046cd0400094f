import type { HttpRequest } from "@infisical/core";
import { apiPath } from "@infisical/core/authoring";
import { either } from "../either.ts";
import type {
  CreateTagOptions,
  DeleteTagOptions,
  GetTagOptions,
  ListTagsOptions,
  UpdateTagOptions,
} from "./options.ts";

const expect = { workspaceTag: "object" } as const;

/** Under `workspace`, which servers of 2024 and current ones answer to; the former know no `projects`. */
export const wire = {
  listTags({ projectId, signal, timeout }: ListTagsOptions): HttpRequest {
    const path = apiPath`/api/v1/workspace/${{ projectId }}/tags`;
    return { method: "GET", path, signal, timeout, expect: { workspaceTags: "array" } };
  },

  getTag(options: GetTagOptions): HttpRequest {
    const { projectId, signal, timeout } = options;
    const { name, value } = either(options, "tagId", "slug");
    const path =
      name === "tagId"
        ? tagPath(projectId, value)
        : apiPath`/api/v1/workspace/${{ projectId }}/tags/slug/${{ slug: value }}`;
    return { method: "GET", path, signal, timeout, expect };
  },

  createTag({ projectId, slug, color = "", signal, timeout }: CreateTagOptions): HttpRequest {
    const path = apiPath`/api/v1/workspace/${{ projectId }}/tags`;
    return { method: "POST", path, body: { slug, color }, signal, timeout, expect };
  },

  updateTag({ projectId, tagId, slug, color, signal, timeout }: UpdateTagOptions): HttpRequest {
    const path = tagPath(projectId, tagId);
    return { method: "PATCH", path, body: { slug, color }, signal, timeout, expect };
  },

  deleteTag({ projectId, tagId, signal, timeout }: DeleteTagOptions): HttpRequest {
    return { method: "DELETE", path: tagPath(projectId, tagId), signal, timeout, expect };
  },
};

function tagPath(projectId: string, tagId: string): string {
  return apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId }}`;
}
