import { definePlugin, type HttpRequest, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions } from "@infisical/core/authoring";
import { type Environment, environmentShape } from "./environment.ts";
import {
  type CreateEnvironmentOptions,
  type DeleteEnvironmentOptions,
  optionRules,
  type UpdateEnvironmentOptions,
} from "./options.ts";

/**
 * Manages the environments of a project. To list them, get the project: it holds them.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` where the environment is unknown,
 * `FORBIDDEN` where the identity may not do it, `BAD_REQUEST` where a slug is taken, and see `docs/errors.md`.
 */
export interface EnvironmentsApi {
  /**
   * Makes an environment.
   *
   * @param options - Its project, name, slug and place.
   * @returns The new environment.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the slug is taken.
   */
  create(options: CreateEnvironmentOptions): Promise<Environment>;
  /**
   * Renames or moves an environment.
   *
   * @param options - Which one, and what is to change.
   * @returns The environment as it is now.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such environment. `BAD_REQUEST`: the slug is taken.
   */
  update(options: UpdateEnvironmentOptions): Promise<Environment>;
  /**
   * Deletes an environment with all folders and secrets in it.
   *
   * @param options - Which one.
   * @returns The environment as it was.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such environment.
   */
  delete(options: DeleteEnvironmentOptions): Promise<Environment>;
}

/** The plugin that adds `client.environments()`. */
export type EnvironmentsPlugin = Plugin<"environments", EnvironmentsApi>;

/**
 * Adds `client.environments()`: create, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { environments } from "@infisical/projects";
 * const client = createClient({ plugins: [environments()] });
 * const addQa = () => client.environments().create({ projectId: "id", name: "QA", slug: "qa" });
 */
export function environments(): EnvironmentsPlugin {
  return definePlugin("environments", ({ http }): EnvironmentsApi => {
    const send = async (request: HttpRequest): Promise<Environment> => {
      const expect = { environment: environmentShape };
      return (await http.request<{ environment: Environment }>({ ...request, expect })).environment;
    };
    // Under `workspace`, which servers of 2024 and current ones answer to; the former know no `projects`.
    return {
      async create(options) {
        const { projectId, signal, timeout, ...body } = parseCallOptions(options, optionRules.create);
        const path = apiPath`/api/v1/workspace/${{ projectId }}/environments`;
        return send({ method: "POST", path, body, signal, timeout });
      },
      async update(options) {
        const parsed = parseCallOptions(options, optionRules.update);
        const { projectId, environmentId, signal, timeout, ...body } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/environments/${{ environmentId }}`;
        return send({ method: "PATCH", path, body, signal, timeout });
      },
      async delete(options) {
        const parsed = parseCallOptions(options, optionRules.delete);
        const { projectId, environmentId, signal, timeout } = parsed;
        const path = apiPath`/api/v1/workspace/${{ projectId }}/environments/${{ environmentId }}`;
        return send({ method: "DELETE", path, signal, timeout });
      },
    };
  });
}
