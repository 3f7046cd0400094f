import type { ResponseShape } from "@infisical/core";

/** A tag as the server sends it. */
export interface Tag {
  /** The tag's id, as `tagIds` of secrets takes it. */
  readonly id: string;
  /** Its slug, as `tagSlugs` takes it. */
  readonly slug: string;
  /** Its name, the same as its slug; sent when one tag is read. */
  readonly name?: string;
  /** Its colour, e.g. `"#0000ff"`; empty if it has none. */
  readonly color?: string | null;
  /** The id of its project. */
  readonly projectId: string;
  /** The id of who made it. */
  readonly createdBy?: string | null;
  /** What made it: `"identity"` or `"user"`. */
  readonly createdByActorType?: string;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** What a response must have of one. */
export const tagShape: ResponseShape = {
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
