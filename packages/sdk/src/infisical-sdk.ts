import {
  type AsyncDisposal,
  type ClientOptions,
  type CloseOptions,
  createClient,
  type HttpRequest,
} from "@infisical/core";
import { optionError, own, readOption } from "@infisical/core/authoring";
import type { Fetch } from "@infisical/core/ky";
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
import { fetchTransport } from "./fetch-transport.ts";

/** The options of the SDK: those of a client but for the plugins, which it brings. */
export interface InfisicalSDKOptions extends Omit<ClientOptions, "plugins"> {
  /**
   * A `fetch` of your own that sends the requests; short for `transport: kyTransport({ fetch })`.
   *
   * @defaultValue none: `transport` sends them
   */
  readonly fetch?: Fetch | undefined;
}

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

/** What `await using` needs, where the types of the platform know it. */
export interface InfisicalSDK extends AsyncDisposal {}

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
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class cannot declare what only some platforms know.
export class InfisicalSDK {
  // Functions rather than methods, so that they also work taken out: `const { secrets } = client`.

  /** Returns the object that logs in and out; always the same one. */
  readonly auth: () => AuthClient<this>;
  /** Returns the methods that read and write secrets. */
  readonly secrets: () => SecretsApi;
  /** Returns the methods that manage dynamic secrets and their leases. */
  readonly dynamicSecrets: () => DynamicSecretsApi;
  /** Returns the methods that manage projects. */
  readonly projects: () => ProjectsApi;
  /** Returns the methods that manage the environments of a project. */
  readonly environments: () => EnvironmentsApi;
  /** Returns the methods that manage the folders of an environment. */
  readonly folders: () => FoldersApi;
  /** Returns the methods that manage what folders import from other folders. */
  readonly secretImports: () => SecretImportsApi;
  /** Returns the methods that manage the tags of a project. */
  readonly tags: () => TagsApi;
  /** Returns the key management service: keys, encryption and signing. */
  readonly kms: () => KmsApi;
  /**
   * Sends a request that no method covers, with the session's token.
   *
   * @param request - What to send.
   * @returns The response's JSON.
   * @throws {InfisicalSDKRequestError} Any response but a 2xx, and none at all; see `code`.
   */
  readonly request: <Result>(request: HttpRequest) => Promise<Result>;

  /**
   * Closes the client: ends leases in use, lets calls under way finish, and closes idle connections.
   *
   * Calls made from now on are refused with `CLIENT_CLOSED`. A process need not close a client in order to end.
   *
   * @param options - How to close.
   * @throws {InfisicalSDKRequestError} The token could not be revoked; everything else has ended.
   */
  readonly close: (options?: CloseOptions) => Promise<void>;

  /**
   * Makes a client. Nothing is sent before the first call.
   *
   * @param options - See {@link InfisicalSDKOptions}.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  constructor(options: InfisicalSDKOptions = {}) {
    if (typeof options !== "object" || options === null)
      throw optionError("options", "must be an object", options);
    const given = readOption("options", () => own(options));
    const { fetch, ...forClient } = given;
    const { transport = fetch === undefined ? undefined : fetchTransport(fetch) } = given;
    if (fetch !== undefined && given.transport !== undefined) {
      throw optionError("fetch", "must be left out where transport is given: it would not be used");
    }
    if ("plugins" in given) {
      throw optionError(
        "plugins",
        "must be left out: the umbrella brings its own; createClient of @infisical/core takes them",
      );
    }
    const client = createClient({ ...forClient, transport, plugins: plugins() });
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
    this.close = client.close;
    // The only symbol that a client has is that of `await using`, on platforms that know it.
    for (const symbol of Object.getOwnPropertySymbols(client)) {
      Object.assign(this, { [symbol]: () => client.close() });
    }
  }
}
