import type { CallOptions } from "@infisical/core";
import { type OptionRules, requireString, requireText } from "@infisical/core/authoring";

/** Whose tags to list. */
export interface ListTagsOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
}

/** Which tag to get: `tagId` or `slug`. */
export type GetTagOptions = ListTagsOptions &
  (
    | {
        /** The tag's id. */
        readonly tagId: string;
        /** Not beside `tagId`. */
        readonly slug?: undefined;
      }
    | {
        /** The tag's slug. */
        readonly slug: string;
        /** Not beside `slug`. */
        readonly tagId?: undefined;
      }
  );

/** What a new tag is to be. */
export interface CreateTagOptions extends ListTagsOptions {
  /** Its slug: up to 64 lower-case letters and digits, with single hyphens between them. */
  readonly slug: string;
  /**
   * Its colour in the web interface, e.g. `"#0000ff"`.
   *
   * @defaultValue "" for none
   */
  readonly color?: string | undefined;
}

/** Which tag to delete. */
export interface DeleteTagOptions extends ListTagsOptions {
  /** The tag's id. */
  readonly tagId: string;
}

/** What a tag is to be; servers demand both, so give what it has where it is not to change. */
export interface UpdateTagOptions extends DeleteTagOptions {
  /** Its slug. */
  readonly slug: string;
  /** Its colour; empty for none. */
  readonly color: string;
}

const which = { projectId: requireText, tagId: requireText };

/** The options' rules, by call. */
export const optionRules: Readonly<Record<"list" | "get" | "create" | "update" | "delete", OptionRules>> = {
  list: { projectId: requireText },
  get: { projectId: requireText, "tagId?": requireText, "slug?": requireText },
  create: { projectId: requireText, slug: requireText, "color?": requireString },
  update: { ...which, slug: requireText, color: requireString },
  delete: which,
};
