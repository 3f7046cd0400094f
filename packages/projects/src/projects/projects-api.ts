import type { HttpClient } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import type { CreateProjectOptions, GetProjectOptions, InviteMemberToProjectOptions } from "./options.ts";
import type { Membership, Project } from "./project.ts";
import { wire } from "./wire.ts";

/**
 * Manages projects.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the project is unknown,
 * `FORBIDDEN` where the identity is no member of it or may not do it, and see `docs/errors.md`.
 */
export interface ProjectsApi {
  /**
   * Makes a project, with the identity as its administrator. A slug that is taken is `BAD_REQUEST`, from
   * servers of 2024 `SERVER_ERROR`.
   *
   * @param options - Its name, and more.
   * @returns The new project, with its environments.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the slug is taken (`SERVER_ERROR` from servers of 2024).
   * `FORBIDDEN`: the identity may make no projects.
   */
  create(options: CreateProjectOptions): Promise<Project>;
  /**
   * Gets one project, with its environments.
   *
   * @param options - Its id or its slug.
   * @returns The project.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither `projectId` nor `slug` is given, or both are.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: no project has this slug. `FORBIDDEN`: the identity is no member
   * of the project, or no project has this id.
   */
  get(options: GetProjectOptions): Promise<Project>;
  /**
   * Invites people to a project. Whoever is a member already is left as they are, and not in the result.
   *
   * @param options - Whom, and as what.
   * @returns The new memberships.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: nobody is named.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity may invite nobody.
   */
  inviteMembers(options: InviteMemberToProjectOptions): Promise<Membership[]>;
}

/** Makes the methods that `client.projects()` gives. */
export function createProjectsApi(http: HttpClient): ProjectsApi {
  return {
    async create(options) {
      return (await http.request<{ project: Project }>(wire.createProject(options))).project;
    },
    async get(options) {
      const reply = await http.request<Project | { workspace: Project }>(wire.getProject(options));
      return "workspace" in reply ? reply.workspace : reply;
    },
    async inviteMembers(options) {
      if (!options.emails?.length && !options.usernames?.length) {
        throw optionError("emails or usernames", "must name at least one person");
      }
      return (await http.request<{ memberships: Membership[] }>(wire.inviteMembers(options))).memberships;
    },
  };
}
