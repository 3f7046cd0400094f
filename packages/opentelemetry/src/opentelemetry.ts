import { type CallOptions, definePlugin, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions, requireText } from "@infisical/core/authoring";

/** Which one to get. */
export interface GetOpentelemetryOptions extends CallOptions {
  /** The id of the project. */
  readonly projectId: string;
}

/** What the server says about it. */
export interface Opentelemetry {
  /** Its id. */
  readonly id: string;
}

/** The methods of `client.opentelemetry()`. Every one rejects with an `InfisicalSDKError`; see `docs/errors.md`. */
export interface OpentelemetryApi {
  /**
   * Gets the opentelemetry of a project.
   *
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such project.
   *
   * @example
   * import { opentelemetry } from "@infisical/opentelemetry";
   * import { createClient } from "@infisical/core";
   * const client = createClient({ plugins: [opentelemetry()] });
   * const found = await client.opentelemetry().get({ projectId: "a-project" });
   */
  get(options: GetOpentelemetryOptions): Promise<Opentelemetry>;
}

/** The plugin that adds `client.opentelemetry()`. */
export type OpentelemetryPlugin = Plugin<"opentelemetry", OpentelemetryApi>;

/**
 * Adds `client.opentelemetry()`.
 *
 * @example
 * import { opentelemetry } from "@infisical/opentelemetry";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ plugins: [opentelemetry()] });
 */
export function opentelemetry(): OpentelemetryPlugin {
  return definePlugin("opentelemetry", ({ http }) => ({
    async get(options) {
      const { projectId, signal, timeout } = parseCallOptions(options, { projectId: requireText });
      const path = apiPath`/api/v1/projects/${{ projectId }}/opentelemetry`;
      return http.request<Opentelemetry>({ method: "GET", path, signal, timeout, expect: { id: "string" } });
    },
  }));
}
