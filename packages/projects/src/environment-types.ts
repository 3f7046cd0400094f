import type { CallOptions } from "@infisical/core";

/** An environment as the server sends it. */
export interface Environment {
  /** The environment's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, which other calls accept as `environment`. */
  readonly slug: string;
  /** Its position among the project's environments, from 1. */
  readonly position: number;
  /** The id of its project. */
  readonly projectId: string;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/**
 * The environment to create.
 *
 * @example
 * await client.environments().create({ projectId, name: "QA", slug: "qa", position: 2 });
 */
export interface CreateEnvironmentOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Its name. */
  readonly name: string;
  /** Its slug: up to 64 lower-case letters and digits, with single hyphens between them. */
  readonly slug: string;
  /**
   * Its position among the others, from 1; the ones from there on move back.
   *
   * @defaultValue the last position
   */
  readonly position?: number | undefined;
}

/** Selects the project whose environments to list. */
export interface ListEnvironmentsOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
}

/** Selects an environment. */
export interface EnvironmentOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's id, from a list of the environments. */
  readonly environmentId: string;
}

/**
 * The changes to an environment; what is omitted stays the same.
 *
 * @example
 * await client.environments().update({
 *   projectId,
 *   environmentId: "an-environment-id",
 *   name: "Quality",
 *   slug: "quality",
 *   position: 1,
 * });
 */
export interface UpdateEnvironmentOptions extends EnvironmentOptions {
  /** A new name. */
  readonly name?: string | undefined;
  /** A new slug. */
  readonly slug?: string | undefined;
  /** A new position among the others, from 1. */
  readonly position?: number | undefined;
}

/** Selects the environment to delete. */
export type DeleteEnvironmentOptions = EnvironmentOptions;
