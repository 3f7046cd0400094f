import type { CallOptions } from "@infisical/core";
import {
  fieldsOf,
  folderPath,
  type OptionRule,
  type OptionRules,
  optionError,
  requireText,
} from "@infisical/core/authoring";

/** The location of a folder. */
export interface FolderLocation extends CallOptions {
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

/** Refuses every option of a plugin that has none. */
export const assertNoOptions: OptionRule = fieldsOf({});

/** The rules of a location's options. */
export const locationRules: OptionRules = {
  projectId: requireText,
  environment: requireText,
  "path?": folderPath,
};

/** The options of a call as the older routes name them: there, a project is a workspace. */
export function workspaceFields<Options extends { readonly projectId: string }>({
  projectId,
  ...rest
}: Options): Omit<Options, "projectId"> & { readonly workspaceId: string } {
  return { workspaceId: projectId, ...rest };
}

/** Returns the one of two options that was passed. Passing both or neither is an error that names them. */
export function requireEither<Name extends string>(
  options: Readonly<Partial<Record<Name, string | undefined>>>,
  first: Name,
  second: Name,
): { readonly name: Name; readonly value: string } {
  const given = [first, second].filter((name) => options[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) {
    throw optionError(`${first} or ${second}`, `must be given, ${given.length ? "not both" : "one of them"}`);
  }
  return { name, value: options[name] ?? "" };
}
