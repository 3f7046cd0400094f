import { type CallOptions, definePlugin, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions, requireText } from "@infisical/core/authoring";

/** Which one to get. */
export interface GetCertificatesOptions extends CallOptions {
  /** The id of the project. */
  readonly projectId: string;
}

/** What the server says about it. */
export interface Certificates {
  /** Its id. */
  readonly id: string;
}

/** The methods of `client.certificates()`. Every one rejects with an `InfisicalSDKError`; see `docs/errors.md`. */
export interface CertificatesApi {
  /**
   * Gets the certificates of a project.
   *
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such project.
   *
   * @example
   * import { certificates } from "@infisical/certificates";
   * import { createClient } from "@infisical/core";
   * const client = createClient({ plugins: [certificates()] });
   * const found = await client.certificates().get({ projectId: "a-project" });
   */
  get(options: GetCertificatesOptions): Promise<Certificates>;
}

/** The plugin that adds `client.certificates()`. */
export type CertificatesPlugin = Plugin<"certificates", CertificatesApi>;

/**
 * Adds `client.certificates()`.
 *
 * @example
 * import { certificates } from "@infisical/certificates";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ plugins: [certificates()] });
 */
export function certificates(): CertificatesPlugin {
  return definePlugin("certificates", ({ http }) => ({
    async get(options) {
      const { projectId, signal, timeout } = parseCallOptions(options, { projectId: requireText });
      const path = apiPath`/api/v1/projects/${{ projectId }}/certificates`;
      return http.request<Certificates>({ method: "GET", path, signal, timeout, expect: { id: "string" } });
    },
  }));
}
