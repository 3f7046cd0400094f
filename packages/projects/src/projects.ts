import { definePlugin, type Plugin } from "@infisical/core";
import type {
  CreateProjectOptions,
  DeleteProjectOptions,
  GetProjectBySlugOptions,
  GetProjectOptions,
  InviteMemberToProjectOptions,
  ListProjectsOptions,
  UpdateProjectOptions,
} from "./project-options.ts";
import { projectRequests } from "./project-requests.ts";
import type { Membership, Project, ProjectInfo } from "./project-types.ts";
import { assertNoOptions } from "./shared-options.ts";

/**
 * Manages projects.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the project is unknown, `FORBIDDEN` if the identity is not a member of
 * it or not allowed to do this. For the other codes see `docs/errors.md`.
 */
export interface ProjectsApi {
  /**
   * Creates a project, with the identity as its administrator.
   *
   * @param options - Its name and settings.
   * @returns The new project, with its environments.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the slug is taken (`SERVER_ERROR` from older servers).
   * `FORBIDDEN`: the identity is not allowed to create projects.
   */
  create(options: CreateProjectOptions): Promise<Project>;
  /**
   * Lists the projects that the identity is a member of, with their environments.
   *
   * @param options - Their type; by default, all.
   * @returns The projects.
   * @throws {InfisicalSDKRequestError} `VALIDATION_FAILED`: the server knows no such type.
   *
   * @example
   * import { createClient } from "@infisical/core";
   * import { projects } from "@infisical/projects";
   * const client = createClient({ plugins: [projects()] });
   * const slugs = async () => (await client.projects().list({ type: "secret-manager" })).map(({ slug }) => slug);
   */
  list(options?: ListProjectsOptions): Promise<Project[]>;
  /**
   * Gets one project, with its environments.
   *
   * @param options - Its id or its slug.
   * @returns The project.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither or both of `projectId` and `slug` are given.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: no project has this id or slug. `FORBIDDEN`: the identity is
   * not a member of the project.
   */
  get(options: GetProjectOptions): Promise<Project>;
  /**
   * Gets one project by its slug: `get({ slug })` under a name of its own.
   *
   * @param options - Its slug.
   * @returns The project.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: no project has this slug (`SERVER_ERROR` from older servers).
   * `FORBIDDEN`: the identity is not a member of the project.
   */
  getBySlug(options: GetProjectBySlugOptions): Promise<Project>;
  /**
   * Changes a project's name, description, slug or settings.
   *
   * @param options - Which one, and the changes. Older servers only know `name` and `autoCapitalization`.
   * @returns The changed project, without its environments.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: nothing is to be changed; neither or both of `projectId` and `slug`
   * are given; or `newSlug` is given with `slug`, because servers change a slug by `projectId` only.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the new slug is taken. `VALIDATION_FAILED`: a name, slug or
   * description breaks a rule of the server. `FORBIDDEN`: the identity is not allowed to change settings.
   *
   * @example
   * import { createClient } from "@infisical/core";
   * import { projects } from "@infisical/projects";
   * const client = createClient({ plugins: [projects()] });
   * const protect = () => client.projects().update({ slug: "web-shop", hasDeleteProtection: true });
   */
  update(options: UpdateProjectOptions): Promise<ProjectInfo>;
  /**
   * Deletes a project with everything in it. This cannot be undone.
   *
   * @param options - Its id or its slug.
   * @returns The deleted project, without its environments.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither or both of `projectId` and `slug` are given.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the project is protected from deletion (`update` with
   * `hasDeleteProtection: false` lifts this), or the identity is not allowed to delete it. `NOT_FOUND`: there is no
   * such project, for example because it was deleted before.
   *
   * @example
   * import { createClient } from "@infisical/core";
   * import { projects } from "@infisical/projects";
   * const client = createClient({ plugins: [projects()] });
   * const remove = () => client.projects().delete({ slug: "web-shop" });
   */
  delete(options: DeleteProjectOptions): Promise<ProjectInfo>;
  /**
   * Invites people to a project. Existing members stay unchanged and are not in the result.
   *
   * @param options - The people, and their roles.
   * @returns The new memberships.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: nobody is named.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity is not allowed to invite anyone.
   */
  inviteMembers(options: InviteMemberToProjectOptions): Promise<Membership[]>;
}

/** The plugin that adds `client.projects()`. */
export type ProjectsPlugin = Plugin<"projects", ProjectsApi>;

/**
 * Adds `client.projects()`: list, get, create, update, delete and invite members.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { projects } from "@infisical/projects";
 * const client = createClient({ plugins: [projects()] });
 * const environments = async () => (await client.projects().get({ slug: "web-shop" })).environments;
 */
export function projects(options?: Readonly<Record<string, never>>): ProjectsPlugin {
  assertNoOptions("", options);
  return definePlugin("projects", ({ http }) => projectRequests(http));
}
