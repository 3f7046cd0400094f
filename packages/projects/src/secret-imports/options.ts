import type { FolderPlace } from "../place.ts";

/** What a folder is to import; `path` is the folder that imports. */
export interface CreateSecretImportOptions extends FolderPlace {
  /** Where the secrets come from. */
  readonly import: {
    /** The environment's slug. */
    readonly environment: string;
    /** The folder's path. */
    readonly path: string;
  };
  /**
   * Whether secrets are copied instead of being looked up; not every plan has it.
   *
   * @defaultValue false
   */
  readonly isReplication?: boolean | undefined;
}

/** Whose imports to list: those of the folder `path`. */
export type ListSecretImportsOptions = FolderPlace;

/** Which import to delete; `path` is the folder that imports. */
export interface DeleteSecretImportOptions extends FolderPlace {
  /** The import's id. */
  readonly secretImportId: string;
}

/** What is to change of an import; `path` is the folder that imports. */
export interface UpdateSecretImportOptions extends DeleteSecretImportOptions {
  /** Where the secrets are to come from; what is left out stays. */
  readonly import: {
    /** The environment's slug. */
    readonly environment?: string | undefined;
    /** The folder's path. */
    readonly path?: string | undefined;
    /** Its new place among the imports of the folder, from 1. */
    readonly position?: number | undefined;
  };
}
