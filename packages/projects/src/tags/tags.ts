import { definePlugin, type HttpRequest, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions } from "@infisical/core/authoring";
import { either } from "../either.ts";
import {
  type CreateTagOptions,
  type DeleteTagOptions,
  type GetTagOptions,
  type ListTagsOptions,
  optionRules,
  type UpdateTagOptions,
} from "./options.ts";
import { type Tag, tagShape } from "./tag.ts";

/**
 * Manages the tags of a project. Secrets take their ids as `tagIds`, and lists their slugs as `tagSlugs`.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` where a tag to get is unknown, `BAD_REQUEST` where one to change is, or where a slug is taken; `FORBIDDEN` where the identity may not do
 * it, and see `docs/errors.md`.
 */
export interface TagsApi {
  /**
   * Lists the tags of a project.
   *
   * @param options - Which project.
   * @returns The tags.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity may not read tags there.
   */
  list(options: ListTagsOptions): Promise<Tag[]>;
  /**
   * Gets one tag.
   *
   * @param options - Its id or its slug.
   * @returns The tag.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither of the id and the slug is given, or both are.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such tag.
   */
  get(options: GetTagOptions): Promise<Tag>;
  /**
   * Makes a tag.
   *
   * @param options - Its project, its slug and its colour.
   * @returns The new tag.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the slug is taken.
   */
  create(options: CreateTagOptions): Promise<Tag>;
  /**
   * Changes a tag, on all secrets that have it.
   *
   * @param options - Which one, and what it is to be.
   * @returns The tag as it is now.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: there is no such tag, or the slug is taken.
   */
  update(options: UpdateTagOptions): Promise<Tag>;
  /**
   * Deletes a tag, and takes it off all secrets that have it.
   *
   * @param options - Which one.
   * @returns The tag as it was.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: there is no such tag.
   */
  delete(options: DeleteTagOptions): Promise<Tag>;
}

/** The plugin that adds `client.tags()`. */
export type TagsPlugin = Plugin<"tags", TagsApi>;

/**
 * Adds `client.tags()`: list, get, create, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { tags } from "@infisical/projects";
 * const client = createClient({ plugins: [tags()] });
 * const tagId = async () => (await client.tags().get({ projectId: "id", slug: "database" })).id;
 */
export function tags(): TagsPlugin {
  return definePlugin("tags", ({ http }): TagsApi => {
    const send = async (request: HttpRequest): Promise<Tag> => {
      const expect = { workspaceTag: tagShape };
      return (await http.request<{ workspaceTag: Tag }>({ ...request, expect })).workspaceTag;
    };
    // Under `workspace`, which servers of 2024 and current ones answer to; the former know no `projects`.
    return {
      async list(options) {
        const { projectId, signal, timeout } = parseCallOptions(options, optionRules.list);
        const response = await http.request<{ workspaceTags: Tag[] }>({
          method: "GET",
          path: apiPath`/api/v1/workspace/${{ projectId }}/tags`,
          signal,
          timeout,
          expect: { workspaceTags: [tagShape] },
        });
        return response.workspaceTags;
      },
      async get(options) {
        const parsed = parseCallOptions(options, optionRules.get);
        const { projectId, signal, timeout } = parsed;
        const { name, value } = either(parsed, "tagId", "slug");
        const path =
          name === "tagId"
            ? apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId: value }}`
            : apiPath`/api/v1/workspace/${{ projectId }}/tags/slug/${{ slug: value }}`;
        return send({ method: "GET", path, signal, timeout });
      },
      async create(options) {
        const parsed = parseCallOptions(options, optionRules.create);
        const { projectId, signal, timeout, color = "", slug } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/tags`;
        return send({ method: "POST", path, body: { slug, color }, signal, timeout });
      },
      async update(options) {
        const parsed = parseCallOptions(options, optionRules.update);
        const { projectId, tagId, signal, timeout, ...body } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId }}`;
        return send({ method: "PATCH", path, body, signal, timeout });
      },
      async delete(options) {
        const { projectId, tagId, signal, timeout } = parseCallOptions(options, optionRules.delete);
        const path = apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId }}`;
        return send({ method: "DELETE", path, signal, timeout });
      },
    };
  });
}
