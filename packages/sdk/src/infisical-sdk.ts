import { type Client, type ClientOptions, createClient, type HttpRequest } from "@infisical/core";
import { type DynamicSecretsApi, dynamicSecrets } from "@infisical/dynamic-secrets";
import { type KmsApi, kms } from "@infisical/kms";
import {
  type EnvironmentsApi,
  environments,
  type FoldersApi,
  folders,
  type ProjectsApi,
  projects,
  type SecretImportsApi,
  secretImports,
  type TagsApi,
  tags,
} from "@infisical/projects";
import { type SecretsApi, secrets } from "@infisical/secrets";
import { type AuthClient, createAuthClient } from "./auth-client.ts";

/** The options of the SDK: those of a client but for the plugins, which it brings. */
export type InfisicalSDKOptions = Omit<ClientOptions, "plugins">;

const plugins = () =>
  [
    secrets(),
    dynamicSecrets(),
    projects(),
    environments(),
    folders(),
    secretImports(),
    tags(),
    kms(),
  ] as const;

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
  readonly #client: Client<ReturnType<typeof plugins>>;
  readonly #auth: AuthClient<this>;

  /**
   * Makes a client. Nothing is sent before the first call.
   *
   * @param options - See {@link InfisicalSDKOptions}.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  constructor(options: InfisicalSDKOptions = {}) {
    this.#client = createClient({ ...options, plugins: plugins() });
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

  /** Gives the methods that manage projects. */
  projects(): ProjectsApi {
    return this.#client.projects();
  }

  /** Gives the methods that manage the environments of a project. */
  environments(): EnvironmentsApi {
    return this.#client.environments();
  }

  /** Gives the methods that manage the folders of an environment. */
  folders(): FoldersApi {
    return this.#client.folders();
  }

  /** Gives the methods that manage what folders import from other folders. */
  secretImports(): SecretImportsApi {
    return this.#client.secretImports();
  }

  /** Gives the methods that manage the tags of a project. */
  tags(): TagsApi {
    return this.#client.tags();
  }

  /** Gives the key management service: keys, encryption and signing. */
  kms(): KmsApi {
    return this.#client.kms();
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
