import type { CallOptions } from "@infisical/core";
import { type OptionRules, requireFlag, requireString, requireText } from "@infisical/core/authoring";
import { type FolderPlace, placeRules } from "../place.ts";

/** What a new folder is to be; `path` is the folder that it comes into. */
export interface CreateFolderOptions extends FolderPlace {
  /** Its name: letters, digits, hyphens and underscores. */
  readonly name: string;
  /** A description; servers of 2024 ignore it. */
  readonly description?: string | null | undefined;
}

/** Which folders to list: those in `path`. */
export interface ListFoldersOptions extends FolderPlace {
  /**
   * Whether the folders below those are listed too.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /** Only folders with secrets changed since then, an ISO date, and folders without any. */
  readonly lastSecretModified?: string | undefined;
}

/** Which folder to get. */
export interface GetFolderOptions extends CallOptions {
  /** The folder's id. */
  readonly folderId: string;
}

/** What a folder is to be; `path` is the folder that it is in. */
export interface UpdateFolderOptions extends FolderPlace {
  /** The folder's id. */
  readonly folderId: string;
  /** Its new name, or the one that it has: servers demand one. */
  readonly name: string;
  /** A new description; `null` removes it. Servers of 2024 ignore it. */
  readonly description?: string | null | undefined;
}

/** Which folder to delete: `folderId` or `name`; `path` is the folder that it is in. */
export type DeleteFolderOptions = FolderPlace &
  (
    | {
        /** The folder's id. */
        readonly folderId: string;
        /** Not beside `folderId`. */
        readonly name?: undefined;
      }
    | {
        /** The folder's name. */
        readonly name: string;
        /** Not beside `name`. */
        readonly folderId?: undefined;
      }
  );

/** The options' rules, by call. */
export const optionRules: Readonly<Record<"create" | "list" | "get" | "update" | "delete", OptionRules>> = {
  create: { ...placeRules, name: requireText, "description?": requireDescription },
  list: { ...placeRules, "recursive?": requireFlag, "lastSecretModified?": requireText },
  get: { folderId: requireText },
  update: { ...placeRules, folderId: requireText, name: requireText, "description?": requireDescription },
  delete: { ...placeRules, "folderId?": requireText, "name?": requireText },
};

function requireDescription(option: string, value: unknown): string | null {
  return value === null ? value : requireString(option, value);
}
