import { definePlugin, type HttpRequest, type Plugin, type ResponseShape } from "@infisical/core";
import {
  apiPath,
  integerFrom,
  type OptionRules,
  parseCallOptions,
  requireText,
} from "@infisical/core/authoring";
import type {
  CreateEnvironmentOptions,
  DeleteEnvironmentOptions,
  Environment,
  ListEnvironmentsOptions,
  UpdateEnvironmentOptions,
} from "./environment-types.ts";
import type { ProjectEnvironment } from "./project-types.ts";
import { assertNoOptions } from "./shared-options.ts";

/**
 * Manages the environments of a project.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the environment is unknown, `FORBIDDEN` if the identity is not
 * allowed to do this, `ALREADY_EXISTS` if a slug is taken. For the other codes see `docs/errors.md`.
 */
export interface EnvironmentsApi {
  /**
   * Lists the environments of a project, in order. Servers send them with the project only, and without `position`.
   *
   * @param options - Which project.
   * @returns The id, name and slug of each environment.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity is not a member of the project. `NOT_FOUND`: no
   * project has this id.
   *
   * @example
   * import { createClient } from "@infisical/core";
   * import { environments } from "@infisical/projects";
   * const client = createClient({ plugins: [environments()] });
   * const slugs = async () => (await client.environments().list({ projectId: "id" })).map(({ slug }) => slug);
   */
  list(options: ListEnvironmentsOptions): Promise<ProjectEnvironment[]>;
  /**
   * Creates an environment.
   *
   * @param options - Its project, name, slug and position.
   * @returns The new environment.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the slug is taken.
   */
  create(options: CreateEnvironmentOptions): Promise<Environment>;
  /**
   * Renames or moves an environment.
   *
   * @param options - Which one, and the changes.
   * @returns The changed environment.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the environment does not exist. `ALREADY_EXISTS`: the slug is taken.
   */
  update(options: UpdateEnvironmentOptions): Promise<Environment>;
  /**
   * Deletes an environment with all folders and secrets in it.
   *
   * @param options - Which one.
   * @returns The deleted environment.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the environment does not exist.
   */
  delete(options: DeleteEnvironmentOptions): Promise<Environment>;
}

/** The plugin that adds `client.environments()`. */
export type EnvironmentsPlugin = Plugin<"environments", EnvironmentsApi>;

const environmentShape: ResponseShape = {
  id: "string",
  name: "string",
  slug: "string",
  "position?": "number",
  "projectId?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};

/** Of a project, only its environments. */
const environmentsShape: ResponseShape = { environments: [{ id: "string", name: "string", slug: "string" }] };

const position = integerFrom(1);
const listRules: OptionRules = { projectId: requireText };
const which: OptionRules = { projectId: requireText, environmentId: requireText };
const createRules: OptionRules = {
  projectId: requireText,
  name: requireText,
  slug: requireText,
  "position?": position,
};
const updateRules: OptionRules = {
  ...which,
  "name?": requireText,
  "slug?": requireText,
  "position?": position,
};

/**
 * Adds `client.environments()`: list, create, update and delete.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { environments } from "@infisical/projects";
 * const client = createClient({ plugins: [environments()] });
 * const addQa = () => client.environments().create({ projectId: "id", name: "QA", slug: "qa" });
 */
export function environments(options?: Readonly<Record<string, never>>): EnvironmentsPlugin {
  assertNoOptions("", options);
  return definePlugin("environments", ({ http }): EnvironmentsApi => {
    const send = async (request: HttpRequest): Promise<Environment> => {
      const expect = { environment: environmentShape };
      return (await http.request<{ environment: Environment }>({ ...request, expect })).environment;
    };
    // All servers have the routes under `workspace`; older servers have none under `projects`.
    return {
      async list(options) {
        const { projectId, signal, timeout } = parseCallOptions(options, listRules);
        const response = await http.request<{ workspace: { environments: ProjectEnvironment[] } }>({
          operation: "environments.list",
          target: { projectId },
          method: "GET",
          path: apiPath`/api/v1/workspace/${{ projectId }}`,
          signal,
          timeout,
          expect: { workspace: environmentsShape },
        });
        return response.workspace.environments;
      },
      async create(options) {
        const { projectId, signal, timeout, ...body } = parseCallOptions(options, createRules);
        const path = apiPath`/api/v1/workspace/${{ projectId }}/environments`;
        return send({ operation: "environments.create", method: "POST", path, body, signal, timeout });
      },
      async update(options) {
        const parsed = parseCallOptions(options, updateRules);
        const { projectId, environmentId, signal, timeout, ...body } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/environments/${{ environmentId }}`;
        return send({ operation: "environments.update", method: "PATCH", path, body, signal, timeout });
      },
      async delete(options) {
        const { projectId, environmentId, signal, timeout } = parseCallOptions(options, which);
        const path = apiPath`/api/v1/workspace/${{ projectId }}/environments/${{ environmentId }}`;
        return send({ operation: "environments.delete", method: "DELETE", path, signal, timeout });
      },
    };
  });
}
