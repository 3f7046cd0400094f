import type { CertificatesApi } from "@infisical/certificates";
import type { AsyncDisposal, ClientOptions, CloseOptions, HttpRequest, Transport } from "@infisical/core";
import {
  createClientFor,
  fieldsOf,
  headersFrom,
  type OptionRule,
  optionError,
  readOption,
  siteUrlFrom,
} from "@infisical/core/authoring";
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
import { type AuthClient, withLogins } from "./auth.ts";
import { certificates } from "./certificates.ts";
import { type FromEnvironmentOptions, readerOf } from "./environment.ts";
import { environmentAuth } from "./environment-auth.ts";

/** The options of the SDK: those of a client except the plugins, which are built in. */
export interface InfisicalSDKOptions extends Omit<ClientOptions, "plugins"> {
  /**
   * Your own `fetch`, which sends the requests; short for `transport: kyTransport({ fetch })`.
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
    certificates,
  ] as const;

/** The method for `await using`, if the platform's types know it. */
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
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class cannot declare a method that only some platforms have.
export class InfisicalSDK {
  // Functions rather than methods, so that they also work when destructured: `const { secrets } = client`.

  /** Returns the object that logs in and out; always the same one. */
  declare readonly auth: () => AuthClient<this>;
  /** Returns the methods that read and write secrets. */
  declare readonly secrets: () => SecretsApi;
  /** Returns the methods that manage dynamic secrets and their leases. */
  declare readonly dynamicSecrets: () => DynamicSecretsApi;
  /** Returns the methods that manage projects. */
  declare readonly projects: () => ProjectsApi;
  /** Returns the methods that manage the environments of a project. */
  declare readonly environments: () => EnvironmentsApi;
  /** Returns the methods that manage the folders of an environment. */
  declare readonly folders: () => FoldersApi;
  /** Returns the methods that manage the imports of folders. */
  declare readonly secretImports: () => SecretImportsApi;
  /** Returns the methods that manage the tags of a project. */
  declare readonly tags: () => TagsApi;
  /** Returns the key management service: keys, encryption and signing. */
  declare readonly kms: () => KmsApi;
  /**
   * Returns the methods that issue and read certificates. The first call loads `@infisical/certificates`, which is installed
   * separately; without it, every call rejects with `INVALID_OPTION`.
   */
  declare readonly certificates: () => CertificatesApi;
  /**
   * Sends a request that no method covers, with the session's token.
   *
   * @param request - The request.
   * @returns The response's JSON.
   * @throws {InfisicalSDKRequestError} The response is not a 2xx, or there is none; see `code`.
   */
  declare readonly request: <Result>(request: HttpRequest) => Promise<Result>;

  /**
   * Closes the client: ends leases in use, lets calls under way finish, and closes idle connections.
   *
   * Later calls are refused with `CLIENT_CLOSED`. A process can end without closing its clients.
   *
   * @param options - How to close.
   * @throws {InfisicalSDKRequestError} The token could not be revoked; everything else has ended.
   */
  declare readonly close: (options?: CloseOptions) => Promise<void>;

  /**
   * Creates a client from the environment: the server's address, headers for a gateway, and `environmentAuth()`.
   *
   * The address is `INFISICAL_SITE_URL`, `INFISICAL_API_URL` or `INFISICAL_DOMAIN`; the headers are in
   * `INFISICAL_CUSTOM_HEADERS`, as for the CLI; the sub-organization is `INFISICAL_AUTH_ORGANIZATION_SLUG`. The first login
   * decides how to log in.
   *
   * @param options - Further options, which come before the environment, and the variables to read.
   * @returns The client.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option or a variable breaks a rule, or two addresses differ.
   *
   * @example
   * import { InfisicalSDK } from "@infisical/sdk";
   * const environment = { INFISICAL_DOMAIN: "https://eu.infisical.com/api", INFISICAL_TOKEN: "a-token" };
   * const client = InfisicalSDK.fromEnvironment({ environment });
   */
  static fromEnvironment(options: FromEnvironmentOptions = {}): InfisicalSDK {
    const { environment, ...given } = parseFromEnvironment("", options) as FromEnvironmentOptions;
    const read = readerOf(environment);
    return new InfisicalSDK({
      ...given,
      siteUrl: given.siteUrl ?? siteUrlFrom(read),
      auth: given.auth ?? environmentAuth({ environment }),
      headers: { ...headersFrom(read), ...given.headers },
    });
  }

  /**
   * Creates a client. Nothing is sent before the first call.
   *
   * @param options - See {@link InfisicalSDKOptions}. An empty `siteUrl` is the default, as in the official SDK.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  constructor(options: InfisicalSDKOptions = {}) {
    const given = parseOptions(options);
    const { fetch, ...forClient } = given;
    const { transport = fetch === undefined ? undefined : fetchTransport(fetch) } = given;
    if (fetch !== undefined && given.transport !== undefined) {
      throw optionError("fetch", "must be omitted if transport is set, which would be used instead");
    }
    const client = createClientFor(() => this, { ...forClient, transport, plugins: plugins() });
    const auth = withLogins(client.auth());
    // With the symbol of `await using`, on platforms that have it.
    Object.assign(this, client, { auth: () => auth });
  }
}

/** The client checks the values. */
const anyValue: OptionRule = (_, value) => value;

const rules: Readonly<Record<`${keyof InfisicalSDKOptions}?`, OptionRule>> = {
  // Like no address at all, as in the official SDK.
  "siteUrl?": (_, value) => (value === "" ? undefined : value),
  "auth?": anyValue,
  "middleware?": anyValue,
  "transport?": anyValue,
  "fetch?": anyValue,
  "timeout?": anyValue,
  "maxConcurrent?": anyValue,
  "retry?": anyValue,
  "headers?": anyValue,
  "onEvent?": anyValue,
  "namesInEvents?": anyValue,
  "clock?": anyValue,
};

const namedOptions = fieldsOf(rules);

const parseFromEnvironment = fieldsOf({
  ...rules,
  "environment?": (option, value) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    throw optionError(option, "must be an object with variables by their names");
  },
});

/** Checks which options were passed, and returns those. */
function parseOptions(options: unknown): InfisicalSDKOptions {
  const hasPlugins = readOption("options", () => Object.hasOwn(Object(options), "plugins"));
  if (hasPlugins) {
    throw optionError(
      "plugins",
      "must be omitted: the umbrella has its own; createClient of @infisical/core accepts them",
    );
  }
  // A date or a map has none of the options, and is a mistake.
  const kind = readOption("options", () => Object.prototype.toString.call(options));
  if (typeof options === "object" && !["[object Object]", "[object Array]", "[object Null]"].includes(kind))
    throw optionError("options", "must be a plain object", options);
  return namedOptions("", options) as InfisicalSDKOptions;
}

/** Sends requests through the user's own `fetch`. The first request loads ky. */
function fetchTransport(fetch: Fetch): Transport {
  if (typeof fetch !== "function") throw optionError("fetch", "must be a function", fetch);
  let loading: Promise<Transport> | undefined;
  return async (request) => {
    loading ??= import("@infisical/core/ky").then(({ kyTransport }) => kyTransport({ fetch }));
    const transport = await loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return transport(request);
  };
}
