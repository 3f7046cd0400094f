import type { CallOptions } from "@infisical/core";
import { definePlugin, type HttpRequest, type Plugin, type ResponseShape } from "@infisical/core";
import {
  apiPath,
  type OptionRules,
  parseCallOptions,
  requireString,
  requireText,
} from "@infisical/core/authoring";
import { assertNoOptions, requireEither } from "./shared-options.ts";

/**
 * Manages the tags of a project. Secrets accept their ids as `tagIds`, lists of secrets their slugs as `tagSlugs`.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if a tag to get is unknown, `BAD_REQUEST` if one to change is unknown or a
 * slug is taken, `FORBIDDEN` if the identity is not allowed to do this. For the other codes see `docs/errors.md`.
 */
export interface TagsApi {
  /**
   * Lists the tags of a project.
   *
   * @param options - Which project.
   * @returns The tags.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity is not allowed to read tags there.
   */
  list(options: ListTagsOptions): Promise<Tag[]>;
  /**
   * Gets one tag.
   *
   * @param options - Its id or its slug.
   * @returns The tag.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither or both of `tagId` and `slug` are given.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the tag does not exist.
   */
  get(options: GetTagOptions): Promise<Tag>;
  /**
   * Creates a tag.
   *
   * @param options - Its project, slug and colour.
   * @returns The new tag.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the slug is taken.
   */
  create(options: CreateTagOptions): Promise<Tag>;
  /**
   * Changes a tag on all secrets that have it.
   *
   * @param options - Which one, and the changes.
   * @returns The changed tag.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the tag does not exist. `ALREADY_EXISTS`: the slug is taken.
   */
  update(options: UpdateTagOptions): Promise<Tag>;
  /**
   * Deletes a tag and removes it from all secrets that have it.
   *
   * @param options - Which one.
   * @returns The deleted tag.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the tag does not exist.
   */
  delete(options: DeleteTagOptions): Promise<Tag>;
}

/** The plugin that adds `client.tags()`. */
export type TagsPlugin = Plugin<"tags", TagsApi>;

const tagShape: ResponseShape = {
  id: "string",
  slug: "string",
  "name?": "string",
  "color?": "string",
  "projectId?": "string",
  "createdBy?": "string",
  "createdByActorType?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};

const which: OptionRules = { projectId: requireText, tagId: requireText };

const optionRules = {
  list: { projectId: requireText },
  get: { projectId: requireText, "tagId?": requireText, "slug?": requireText },
  create: { projectId: requireText, slug: requireText, "color?": requireString },
  update: { ...which, slug: requireText, color: requireString },
  delete: which,
} satisfies Record<string, OptionRules>;

/**
 * Adds `client.tags()`: list, get, create, update and delete.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { tags } from "@infisical/projects";
 * const client = createClient({ plugins: [tags()] });
 * const tagId = async () => (await client.tags().get({ projectId: "id", slug: "database" })).id;
 */
export function tags(options?: Readonly<Record<string, never>>): TagsPlugin {
  assertNoOptions("", options);
  return definePlugin("tags", ({ http }): TagsApi => {
    const send = async (request: HttpRequest): Promise<Tag> => {
      const expect = { workspaceTag: tagShape };
      return (await http.request<{ workspaceTag: Tag }>({ ...request, expect })).workspaceTag;
    };
    // All servers have the routes under `workspace`; older servers have none under `projects`.
    return {
      async list(options) {
        const { projectId, signal, timeout } = parseCallOptions(options, optionRules.list);
        const response = await http.request<{ workspaceTags: Tag[] }>({
          operation: "tags.list",
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
        const { name, value } = requireEither(parsed, "tagId", "slug");
        const path =
          name === "tagId"
            ? apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId: value }}`
            : apiPath`/api/v1/workspace/${{ projectId }}/tags/slug/${{ slug: value }}`;
        return send({ operation: "tags.get", method: "GET", path, signal, timeout });
      },
      async create(options) {
        const parsed = parseCallOptions(options, optionRules.create);
        const { projectId, signal, timeout, color = "", slug } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/tags`;
        return send({
          operation: "tags.create",
          method: "POST",
          path,
          body: { slug, color },
          signal,
          timeout,
        });
      },
      async update(options) {
        const parsed = parseCallOptions(options, optionRules.update);
        const { projectId, tagId, signal, timeout, ...body } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId }}`;
        return send({ operation: "tags.update", method: "PATCH", path, body, signal, timeout });
      },
      async delete(options) {
        const { projectId, tagId, signal, timeout } = parseCallOptions(options, optionRules.delete);
        const path = apiPath`/api/v1/workspace/${{ projectId }}/tags/${{ tagId }}`;
        return send({ operation: "tags.delete", method: "DELETE", path, signal, timeout });
      },
    };
  });
}

/** A tag as the server sends it. */
export interface Tag {
  /** The tag's id, which secrets accept in `tagIds`. */
  readonly id: string;
  /** Its slug, which lists of secrets accept in `tagSlugs`. */
  readonly slug: string;
  /** Its name, the same as its slug; sent when one tag is read. */
  readonly name?: string;
  /** Its colour, for example `"#0000ff"`; empty if it has none. */
  readonly color?: string | null;
  /** The id of its project. */
  readonly projectId: string;
  /** The id of its creator. */
  readonly createdBy?: string | null;
  /** What its creator is: `"identity"` or `"user"`. */
  readonly createdByActorType?: string;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** Selects the project whose tags to list. */
export interface ListTagsOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
}

/**
 * Selects the tag to get, by `tagId` or `slug`.
 *
 * @example
 * const tag = await client.tags().get({ projectId, tagId: "a-tag-id" });
 */
export type GetTagOptions = ListTagsOptions &
  (
    | {
        /** The tag's id. */
        readonly tagId: string;
        /** Mutually exclusive with `tagId`. */
        readonly slug?: undefined;
      }
    | {
        /** The tag's slug. */
        readonly slug: string;
        /** Mutually exclusive with `slug`. */
        readonly tagId?: undefined;
      }
  );

/**
 * The tag to create.
 *
 * @example
 * await client.tags().create({ projectId, slug: "mail", color: "#0000ff" });
 */
export interface CreateTagOptions extends ListTagsOptions {
  /** Its slug: up to 64 lower-case letters and digits, with single hyphens between them. */
  readonly slug: string;
  /**
   * Its colour in the web interface, for example `"#0000ff"`.
   *
   * @defaultValue "" for none
   */
  readonly color?: string | undefined;
}

/**
 * Selects the tag to delete.
 *
 * @example
 * await client.tags().delete({ projectId, tagId: "a-tag-id" });
 */
export interface DeleteTagOptions extends ListTagsOptions {
  /** The tag's id. */
  readonly tagId: string;
}

/**
 * The changes to a tag; servers require both fields, so repeat the current value of one that stays the same.
 *
 * @example
 * await client.tags().update({ projectId, tagId: "a-tag-id", slug: "mail", color: "" });
 */
export interface UpdateTagOptions extends DeleteTagOptions {
  /** Its slug. */
  readonly slug: string;
  /** Its colour; empty for none. */
  readonly color: string;
}
