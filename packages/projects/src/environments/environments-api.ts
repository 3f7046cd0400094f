import type { HttpClient, HttpRequest } from "@infisical/core";
import type { Environment } from "./environment.ts";
import type {
  CreateEnvironmentOptions,
  DeleteEnvironmentOptions,
  UpdateEnvironmentOptions,
} from "./options.ts";
import { wire } from "./wire.ts";

/**
 * Manages the environments of a project. To list them, get the project: it holds them.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the environment is unknown,
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

/** Makes the methods that `client.environments()` gives. */
export function createEnvironmentsApi(http: HttpClient): EnvironmentsApi {
  const send = async (request: HttpRequest): Promise<Environment> =>
    (await http.request<{ environment: Environment }>(request)).environment;
  return {
    create: async (options) => send(wire.createEnvironment(options)),
    update: async (options) => send(wire.updateEnvironment(options)),
    delete: async (options) => send(wire.deleteEnvironment(options)),
  };
}
