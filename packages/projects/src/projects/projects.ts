import { definePlugin, type Plugin } from "@infisical/core";
import { apiPath, optionError, parseCallOptions } from "@infisical/core/authoring";
import { either } from "../either.ts";
import {
  type CreateProjectOptions,
  type GetProjectOptions,
  type InviteMemberToProjectOptions,
  optionRules,
} from "./options.ts";
import { type Membership, membershipShape, type Project, projectShape } from "./project.ts";

/**
 * Manages projects.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` where the project is unknown, `FORBIDDEN` where the identity is no member of it or may not do it, and see `docs/errors.md`.
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

/** The plugin that adds `client.projects()`. */
export type ProjectsPlugin = Plugin<"projects", ProjectsApi>;

/**
 * Adds `client.projects()`: create, get and invite members.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { projects } from "@infisical/projects";
 * const client = createClient({ plugins: [projects()] });
 * const environments = async () => (await client.projects().get({ slug: "web-shop" })).environments;
 */
export function projects(): ProjectsPlugin {
  return definePlugin("projects", ({ http }): ProjectsApi => {
    // Projects are `workspace` here: servers of 2024 know no other name, and current ones answer to both.
    return {
      async create(options) {
        const { signal, timeout, ...body } = parseCallOptions(options, optionRules.create);
        const response = await http.request<{ project: Project }>({
          method: "POST",
          path: "/api/v2/workspace",
          body,
          signal,
          timeout,
          expect: { project: projectShape },
        });
        return response.project;
      },
      async get(options) {
        const parsed = parseCallOptions(options, optionRules.get);
        const { signal, timeout } = parsed;
        const { name, value } = either(parsed, "projectId", "slug");
        const method = "GET";
        if (name === "slug") {
          const path = apiPath`/api/v2/workspace/${{ slug: value }}`;
          return http.request<Project>({ method, path, signal, timeout, expect: projectShape });
        }
        const path = apiPath`/api/v1/workspace/${{ projectId: value }}`;
        const expect = { workspace: projectShape };
        return (await http.request<{ workspace: Project }>({ method, path, signal, timeout, expect }))
          .workspace;
      },
      async inviteMembers(options) {
        const { projectId, signal, timeout, ...body } = parseCallOptions(options, optionRules.inviteMembers);
        if (!body.emails?.length && !body.usernames?.length) {
          throw optionError("emails or usernames", "must name at least one person");
        }
        const response = await http.request<{ memberships: Membership[] }>({
          method: "POST",
          path: apiPath`/api/v2/workspace/${{ projectId }}/memberships`,
          body,
          signal,
          timeout,
          expect: { memberships: [membershipShape] },
        });
        return response.memberships;
      },
    };
  });
}
