import {
  type CallOptions,
  definePlugin,
  type HttpRequest,
  type Plugin,
  type ResponseShape,
} from "@infisical/core";
import {
  apiPath,
  integerFrom,
  type OptionRules,
  parseCallOptions,
  requireText,
} from "@infisical/core/authoring";
import { assertNoOptions } from "./shared-options.ts";

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

/** The environment to create. */
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

/** Selects an environment. */
export interface EnvironmentOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's id, from the `environments` of a project. */
  readonly environmentId: string;
}

/** The changes to an environment; what is omitted stays the same. */
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

/**
 * Manages the environments of a project. To list them, get the project: it contains them.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the environment is unknown, `FORBIDDEN` if the identity is not
 * allowed to do this, `ALREADY_EXISTS` if a slug is taken. For the other codes see `docs/errors.md`.
 */
export interface EnvironmentsApi {
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

const position = integerFrom(1);
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
 * Adds `client.environments()`: create, update and delete.
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
