import type { CallOptions } from "@infisical/core";
import type { FolderLocation } from "./shared-options.ts";

/** A folder as the server sends it. */
export interface Folder {
  /** The folder's id. */
  readonly id: string;
  /** Its name; the top folder of an environment is called `root`. */
  readonly name: string;
  /** Its description; older servers have none. */
  readonly description?: string | null;
  /** The number of its current version, from 1. */
  readonly version?: number | null;
  /** The id of its environment. */
  readonly envId: string;
  /** The id of the parent folder; `null` at the top of an environment. */
  readonly parentId?: string | null;
  /** Whether the server reserves it for itself. */
  readonly isReserved?: boolean | null;
  /** When a secret in it was last changed, as an ISO date; older servers omit it. */
  readonly lastSecretModified?: string | null;
  /** Its path, if the server sends it. */
  readonly path?: string;
  /** Its path below the listed folder, in recursive lists. */
  readonly relativePath?: string;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** A folder with its location. */
export interface FolderWithLocation extends Folder {
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

/**
 * The folder to create; `path` is its parent.
 *
 * @example
 * await client.folders().create({ projectId, environment: "dev", name: "shop", description: "of the web shop" });
 */
export interface CreateFolderOptions extends FolderLocation {
  /** Its name: letters, digits, hyphens and underscores. */
  readonly name: string;
  /** A description; older servers ignore it. */
  readonly description?: string | null | undefined;
}

/**
 * Selects the folders to list: those in `path`.
 *
 * @example
 * const changed = await client.folders().listFolders({
 *   projectId,
 *   environment: "dev",
 *   recursive: true,
 *   lastSecretModified: "2030-01-01T00:00:00Z",
 * });
 */
export interface ListFoldersOptions extends FolderLocation {
  /**
   * Whether to also list the folders below those.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /** Limits the list to folders with secrets changed since this ISO date, and folders without secrets. */
  readonly lastSecretModified?: string | undefined;
}

/**
 * Selects the folder to get.
 *
 * @example
 * const folder = await client.folders().get({ folderId: "a-folder-id" });
 */
export interface GetFolderOptions extends CallOptions {
  /** The folder's id. */
  readonly folderId: string;
}

/**
 * The changes to a folder; `path` is its parent.
 *
 * @example
 * await client.folders().update({
 *   projectId,
 *   environment: "dev",
 *   folderId: "a-folder-id",
 *   name: "web-shop",
 *   description: null,
 * });
 */
export interface UpdateFolderOptions extends FolderLocation {
  /** The folder's id. */
  readonly folderId: string;
  /** Its new name, or its current one: servers require a name. */
  readonly name: string;
  /** A new description; `null` removes it. Older servers ignore it. */
  readonly description?: string | null | undefined;
}

/**
 * Selects the folder to delete, by `folderId` or `name`; `path` is its parent.
 *
 * @example
 * await client.folders().delete({ projectId, environment: "dev", name: "old-shop", forceDelete: true });
 * await client.folders().delete({ projectId, environment: "dev", folderId: "a-folder-id" });
 */
export type DeleteFolderOptions = FolderLocation & {
  /**
   * Whether to delete the folder with everything in it.
   *
   * Current servers refuse a folder that is not empty without it; older servers delete every folder with its content.
   *
   * @defaultValue false
   */
  readonly forceDelete?: boolean | undefined;
} & (
    | {
        /** The folder's id. */
        readonly folderId: string;
        /** Mutually exclusive with `folderId`. */
        readonly name?: undefined;
      }
    | {
        /** The folder's name. */
        readonly name: string;
        /** Mutually exclusive with `name`. */
        readonly folderId?: undefined;
      }
  );
