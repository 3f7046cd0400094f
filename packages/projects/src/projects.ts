import { definePlugin, type Plugin, type ResponseShape } from "@infisical/core";
import {
  apiPath,
  listOf,
  type OptionRules,
  optionError,
  parseCallOptions,
  requireFlag,
  requireString,
  requireText,
} from "@infisical/core/authoring";
import type {
  CreateProjectOptions,
  GetProjectOptions,
  InviteMemberToProjectOptions,
  Membership,
  Project,
} from "./project-types.ts";
import { assertNoOptions, requireEither } from "./shared-options.ts";

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
   * Gets one project, with its environments.
   *
   * @param options - Its id or its slug.
   * @returns The project.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: neither or both of `projectId` and `slug` are given.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: no project has this slug. `FORBIDDEN`: the identity is not a
   * member of the project, or no project has this id.
   */
  get(options: GetProjectOptions): Promise<Project>;
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

const projectShape: ResponseShape = {
  id: "string",
  "_id?": "string",
  name: "string",
  slug: "string",
  "description?": "string",
  "type?": "string",
  "orgId?": "string",
  environments: [{ "id?": "string", name: "string", slug: "string" }],
  "autoCapitalization?": "boolean",
  "hasDeleteProtection?": "boolean",
  "pitVersionLimit?": "number",
  "auditLogsRetentionDays?": "number",
  "createdAt?": "string",
  "updatedAt?": "string",
};

const membershipShape: ResponseShape = {
  id: "string",
  "userId?": "string",
  "projectId?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};

const texts = listOf(requireText);

const optionRules = {
  create: {
    projectName: requireText,
    "type?": requireText,
    "projectDescription?": requireString,
    "slug?": requireText,
    "template?": requireText,
    "kmsKeyId?": requireText,
    "shouldCreateDefaultEnvs?": requireFlag,
    "hasDeleteProtection?": requireFlag,
  },
  get: { "projectId?": requireText, "slug?": requireText },
  inviteMembers: { projectId: requireText, "emails?": texts, "usernames?": texts, "roleSlugs?": texts },
} satisfies Record<string, OptionRules>;

/**
 * Adds `client.projects()`: create, get and invite members.
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
  return definePlugin("projects", ({ http }): ProjectsApi => {
    // All servers have the routes under `workspace`; older servers have none under `projects`.
    return {
      async create(options) {
        const { signal, timeout, ...body } = parseCallOptions(options, optionRules.create);
        const response = await http.request<{ project: Project }>({
          operation: "projects.create",
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
        const { name, value } = requireEither(parsed, "projectId", "slug");
        const get = { operation: "projects.get", method: "GET", signal, timeout } as const;
        if (name === "slug") {
          const path = apiPath`/api/v2/workspace/${{ slug: value }}`;
          return http.request<Project>({ ...get, path, expect: projectShape });
        }
        const path = apiPath`/api/v1/workspace/${{ projectId: value }}`;
        const expect = { workspace: projectShape };
        return (await http.request<{ workspace: Project }>({ ...get, path, expect })).workspace;
      },
      async inviteMembers(options) {
        const { projectId, signal, timeout, ...body } = parseCallOptions(options, optionRules.inviteMembers);
        if (!body.emails?.length && !body.usernames?.length) {
          throw optionError("emails or usernames", "must name at least one person");
        }
        const response = await http.request<{ memberships: Membership[] }>({
          operation: "projects.inviteMembers",
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
