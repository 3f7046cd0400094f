import { type CallOptions, definePlugin, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions, requireText } from "@infisical/core/authoring";

/** Which one to get. */
export interface GetMiddyOptions extends CallOptions {
  /** The id of the project. */
  readonly projectId: string;
}

/** What the server says about it. */
export interface Middy {
  /** Its id. */
  readonly id: string;
}

/** The methods of `client.middy()`. Every one rejects with an `InfisicalSDKError`; see `docs/errors.md`. */
export interface MiddyApi {
  /**
   * Gets the middy of a project.
   *
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such project.
   *
   * @example
   * import { middy } from "@infisical/middy";
   * import { createClient } from "@infisical/core";
   * const client = createClient({ plugins: [middy()] });
   * const found = await client.middy().get({ projectId: "a-project" });
   */
  get(options: GetMiddyOptions): Promise<Middy>;
}

/** The plugin that adds `client.middy()`. */
export type MiddyPlugin = Plugin<"middy", MiddyApi>;

/**
 * Adds `client.middy()`.
 *
 * @example
 * import { middy } from "@infisical/middy";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ plugins: [middy()] });
 */
export function middy(): MiddyPlugin {
  return definePlugin("middy", ({ http }) => ({
    async get(options) {
      const { projectId, signal, timeout } = parseCallOptions(options, { projectId: requireText });
      const path = apiPath`/api/v1/projects/${{ projectId }}/middy`;
      return http.request<Middy>({ method: "GET", path, signal, timeout, expect: { id: "string" } });
    },
  }));
}
