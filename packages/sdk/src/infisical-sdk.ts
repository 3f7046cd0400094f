import { type Client, type ClientOptions, createClient, type HttpRequest } from "@infisical/core";
import {
  type DynamicSecretsApi,
  type DynamicSecretsPlugin,
  dynamicSecrets,
} from "@infisical/dynamic-secrets";
import { type SecretsApi, type SecretsPlugin, secrets } from "@infisical/secrets";
import { type AuthClient, createAuthClient } from "./auth-client.ts";

/** The options of the SDK: those of a client but for the plugins, which it brings. */
export type InfisicalSDKOptions = Omit<ClientOptions, "plugins">;

/**
 * The whole SDK in one class: every auth method and every resource.
 *
 * @example
 * import { InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ siteUrl: "https://app.infisical.com" });
 * const read = async () => {
 *   await client.auth().universalAuth.login({ clientId: "id", clientSecret: "secret" });
 *   return client.secrets().listSecrets({ projectId: "id", environment: "dev" });
 * };
 */
export class InfisicalSDK {
  readonly #client: Client<readonly [SecretsPlugin, DynamicSecretsPlugin]>;
  readonly #auth: AuthClient<this>;

  /**
   * Makes a client. Nothing is sent before the first call.
   *
   * @param options - See {@link InfisicalSDKOptions}.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  constructor(options: InfisicalSDKOptions = {}) {
    this.#client = createClient({ ...options, plugins: [secrets(), dynamicSecrets()] });
    this.#auth = createAuthClient(this.#client.auth(), this);
  }

  /** Gives the object that logs in and out; always the same one. */
  auth(): AuthClient<this> {
    return this.#auth;
  }

  /** Gives the methods that read and write secrets. */
  secrets(): SecretsApi {
    return this.#client.secrets();
  }

  /** Gives the methods that manage dynamic secrets and their leases. */
  dynamicSecrets(): DynamicSecretsApi {
    return this.#client.dynamicSecrets();
  }

  /**
   * Sends a request that no method covers, with the session's token.
   *
   * @param request - What to send.
   * @returns The reply's JSON.
   * @throws {InfisicalSDKRequestError} Any reply but a 2xx, and none at all; see `code`.
   */
  request<Reply>(request: HttpRequest): Promise<Reply> {
    return this.#client.request(request);
  }
}
