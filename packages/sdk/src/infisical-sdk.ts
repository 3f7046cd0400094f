import { type ClientOptions, createClient, type HttpRequest, optionError } from "@infisical/core";
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
  // Functions rather than methods, so that they also work taken out: `const { secrets } = client`.

  /** Gives the object that logs in and out; always the same one. */
  readonly auth: () => AuthClient<this>;
  /** Gives the methods that read and write secrets. */
  readonly secrets: () => SecretsApi;
  /** Gives the methods that manage dynamic secrets and their leases. */
  readonly dynamicSecrets: () => DynamicSecretsApi;
  /** Gives the methods that manage projects. */
  readonly projects: () => ProjectsApi;
  /** Gives the methods that manage the environments of a project. */
  readonly environments: () => EnvironmentsApi;
  /** Gives the methods that manage the folders of an environment. */
  readonly folders: () => FoldersApi;
  /** Gives the methods that manage what folders import from other folders. */
  readonly secretImports: () => SecretImportsApi;
  /** Gives the methods that manage the tags of a project. */
  readonly tags: () => TagsApi;
  /** Gives the key management service: keys, encryption and signing. */
  readonly kms: () => KmsApi;
  /**
   * Sends a request that no method covers, with the session's token.
   *
   * @param request - What to send.
   * @returns The reply's JSON.
   * @throws {InfisicalSDKRequestError} Any reply but a 2xx, and none at all; see `code`.
   */
  readonly request: <Reply>(request: HttpRequest) => Promise<Reply>;

  /**
   * Makes a client. Nothing is sent before the first call.
   *
   * @param options - See {@link InfisicalSDKOptions}.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  constructor(options: InfisicalSDKOptions = {}) {
    if (typeof options !== "object" || options === null)
      throw optionError("options", "must be an object", options);
    const client = createClient({ ...options, plugins: plugins() });
    const auth = createAuthClient(client.auth(), this);
    this.auth = () => auth;
    this.secrets = client.secrets;
    this.dynamicSecrets = client.dynamicSecrets;
    this.projects = client.projects;
    this.environments = client.environments;
    this.folders = client.folders;
    this.secretImports = client.secretImports;
    this.tags = client.tags;
    this.kms = client.kms;
    this.request = client.request;
  }
}
