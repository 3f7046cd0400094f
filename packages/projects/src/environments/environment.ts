import type { ResponseShape } from "@infisical/core";

/** An environment as the server sends it. */
export interface Environment {
  /** The environment's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, as other calls take it. */
  readonly slug: string;
  /** Its place among the project's environments, from 1. */
  readonly position: number;
  /** The id of its project. */
  readonly projectId: string;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** What a response must have of one. */
export const environmentShape: ResponseShape = {
  id: "string",
  name: "string",
  slug: "string",
  "position?": "number",
  "projectId?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};
