import type { ResponseShape } from "@infisical/core";

/** A folder as the server sends it. */
export interface Folder {
  /** The folder's id. */
  readonly id: string;
  /** Its name; the one at the top of an environment is called `root`. */
  readonly name: string;
  /** Its description; servers of 2024 have none. */
  readonly description?: string | null;
  /** Counts its changes, from 1. */
  readonly version?: number | null;
  /** The id of its environment. */
  readonly envId: string;
  /** The id of the folder above; `null` at the top of an environment. */
  readonly parentId?: string | null;
  /** Whether the server keeps it for itself. */
  readonly isReserved?: boolean | null;
  /** When a secret in it was last changed, as an ISO date; servers of 2024 leave it out. */
  readonly lastSecretModified?: string | null;
  /** Its path, where the server sends it. */
  readonly path?: string;
  /** Its path below the listed folder, in recursive lists. */
  readonly relativePath?: string;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** A folder, with where it is. */
export interface FolderWithPlace extends Folder {
  /** Its path. */
  readonly path: string;
  /** The id of its project. */
  readonly projectId: string;
  /** Its environment. */
  readonly environment: {
    /** The environment's id. */
    readonly envId: string;
    /** The environment's name. */
    readonly envName: string;
    /** The environment's slug. */
    readonly envSlug: string;
  };
}

/** What a response must have of one. */
export const folderShape: ResponseShape = {
  id: "string",
  name: "string",
  "description?": "string",
  "version?": "number",
  "envId?": "string",
  "parentId?": "string",
  "isReserved?": "boolean",
  "lastSecretModified?": "string",
  "path?": "string",
  "relativePath?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};

/** What a response must have of one with its place. */
export const folderWithPlaceShape: ResponseShape = {
  ...folderShape,
  "projectId?": "string",
  "environment?": { "envId?": "string", "envName?": "string", "envSlug?": "string" },
};
