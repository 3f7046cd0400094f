import type { CallOptions } from "@infisical/core";
import { folderPath, type OptionRules, requireText } from "@infisical/core/authoring";

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

/** The rules of its options. */
export const placeRules: OptionRules = {
  projectId: requireText,
  environment: requireText,
  "path?": folderPath,
};
