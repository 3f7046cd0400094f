import type { HttpClient, HttpRequest } from "@infisical/core";
import type {
  CreateTagOptions,
  DeleteTagOptions,
  GetTagOptions,
  ListTagsOptions,
  UpdateTagOptions,
} from "./options.ts";
import type { Tag } from "./tag.ts";
import { wire } from "./wire.ts";

/**
 * Manages the tags of a project. Secrets take their ids as `tagIds`, and lists their slugs as `tagSlugs`.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where a tag to get is unknown,
 * `BAD_REQUEST` where one to change is, or where a slug is taken; `FORBIDDEN` where the identity may not do
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

/** Makes the methods that `client.tags()` gives. */
export function createTagsApi(http: HttpClient): TagsApi {
  const send = async (request: HttpRequest): Promise<Tag> =>
    (await http.request<{ workspaceTag: Tag }>(request)).workspaceTag;
  return {
    list: async (options) =>
      (await http.request<{ workspaceTags: Tag[] }>(wire.listTags(options))).workspaceTags,
    get: async (options) => send(wire.getTag(options)),
    create: async (options) => send(wire.createTag(options)),
    update: async (options) => send(wire.updateTag(options)),
    delete: async (options) => send(wire.deleteTag(options)),
  };
}
