import {
  fieldsOf,
  folderPath,
  integerFrom,
  type OptionRules,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import { type FolderPlace, placeRules } from "../place.ts";

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

/** The options' rules, by call. */
export const optionRules: Readonly<Record<"create" | "list" | "update" | "delete", OptionRules>> = {
  create: {
    ...placeRules,
    import: fieldsOf({ environment: requireText, path: folderPath }),
    "isReplication?": requireFlag,
  },
  list: placeRules,
  update: {
    ...placeRules,
    secretImportId: requireText,
    import: fieldsOf({ "environment?": requireText, "path?": folderPath, "position?": integerFrom(1) }),
  },
  delete: { ...placeRules, secretImportId: requireText },
};
