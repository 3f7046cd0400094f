import type { CallOptions } from "@infisical/core";
import { integerFrom, type OptionRules, requireText } from "@infisical/core/authoring";

/** What a new environment is to be. */
export interface CreateEnvironmentOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Its name. */
  readonly name: string;
  /** Its slug: up to 64 lower-case letters and digits, with single hyphens between them. */
  readonly slug: string;
  /**
   * Its place among the others, from 1; the ones from there on move back.
   *
   * @defaultValue the last place
   */
  readonly position?: number | undefined;
}

/** Which environment. */
export interface EnvironmentOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's id; a project's `environments` have it. */
  readonly environmentId: string;
}

/** What is to change of an environment; what is left out stays. */
export interface UpdateEnvironmentOptions extends EnvironmentOptions {
  /** A new name. */
  readonly name?: string | undefined;
  /** A new slug. */
  readonly slug?: string | undefined;
  /** A new place among the others, from 1. */
  readonly position?: number | undefined;
}

/** Which environment to delete. */
export type DeleteEnvironmentOptions = EnvironmentOptions;

const which = { projectId: requireText, environmentId: requireText };
const position = integerFrom(1);

/** The options' rules, by call. */
export const optionRules: Readonly<Record<"create" | "update" | "delete", OptionRules>> = {
  create: { projectId: requireText, name: requireText, slug: requireText, "position?": position },
  update: { ...which, "name?": requireText, "slug?": requireText, "position?": position },
  delete: which,
};
