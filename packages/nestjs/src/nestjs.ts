import { type CallOptions, definePlugin, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions, requireText } from "@infisical/core/authoring";

/** Which one to get. */
export interface GetNestjsOptions extends CallOptions {
  /** The id of the project. */
  readonly projectId: string;
}

/** What the server says about it. */
export interface Nestjs {
  /** Its id. */
  readonly id: string;
}

/** The methods of `client.nestjs()`. Every one rejects with an `InfisicalSDKError`; see `docs/errors.md`. */
export interface NestjsApi {
  /**
   * Gets the nestjs of a project.
   *
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such project.
   *
   * @example
   * import { nestjs } from "@infisical/nestjs";
   * import { createClient } from "@infisical/core";
   * const client = createClient({ plugins: [nestjs()] });
   * const found = await client.nestjs().get({ projectId: "a-project" });
   */
  get(options: GetNestjsOptions): Promise<Nestjs>;
}

/** The plugin that adds `client.nestjs()`. */
export type NestjsPlugin = Plugin<"nestjs", NestjsApi>;

/**
 * Adds `client.nestjs()`.
 *
 * @example
 * import { nestjs } from "@infisical/nestjs";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ plugins: [nestjs()] });
 */
export function nestjs(): NestjsPlugin {
  return definePlugin("nestjs", ({ http }) => ({
    async get(options) {
      const { projectId, signal, timeout } = parseCallOptions(options, { projectId: requireText });
      const path = apiPath`/api/v1/projects/${{ projectId }}/nestjs`;
      return http.request<Nestjs>({ method: "GET", path, signal, timeout, expect: { id: "string" } });
    },
  }));
}
