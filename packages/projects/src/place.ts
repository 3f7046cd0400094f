import type { CallOptions } from "@infisical/core";

/** A folder, by its path. */
export interface FolderPlace extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path.
   *
   * @defaultValue "/"
   */
  readonly path?: string | undefined;
}
