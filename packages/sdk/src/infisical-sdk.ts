import type { CertificatesApi } from "@infisical/certificates";
import type {
  AsyncDisposal,
  ClientOptions,
  CloseOptions,
  HttpRequest,
  Plugin,
  Transport,
} from "@infisical/core";
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

/**
 * The options of the SDK: those of a client, and `fetch`.
 *
 * @typeParam Plugins - The plugins of one's own.
 */
export interface InfisicalSDKOptions<Plugins extends readonly Plugin[] = readonly Plugin[]>
  extends Omit<ClientOptions, "plugins"> {
  /**
   * Resources besides those of Infisical: for each plugin, the client has an accessor with its name.
   *
   * @defaultValue `[]`
   */
  readonly plugins?: Plugins | undefined;
  /**
   * Your own `fetch`, which sends the requests; short for `transport: kyTransport({ fetch })`.
   *
   * @defaultValue none: `transport` sends them
   */
  readonly fetch?: Fetch | undefined;
}

const builtIn = () =>
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

/** The whole SDK in one class, as `InfisicalSDKConstructor` describes it. */
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

  /** Creates a client from the environment; its type is in `InfisicalSDKConstructor`. */
  static fromEnvironment(options: FromEnvironmentOptions = {}): InfisicalSDK {
    return fromEnvironment(options);
  }

  /**
   * Creates a client. Nothing is sent before the first call.
   *
   * @param options - See {@link InfisicalSDKOptions}. An empty `siteUrl` is the default, as in the official SDK.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  constructor(options: InfisicalSDKOptions = {}) {
    const given = parseOptions(options);
    const { fetch, plugins = [], ...forClient } = given;
    const { transport = fetch === undefined ? undefined : fetchTransport(fetch) } = given;
    if (fetch !== undefined && given.transport !== undefined) {
      throw optionError("fetch", "must be omitted if transport is set, which would be used instead");
    }
    const client = createClientFor(() => this, {
      ...forClient,
      transport,
      plugins: withOwn(plugins),
    });
    const auth = withLogins(client.auth());
    // With the accessors of the user's plugins, and the symbol of `await using` where the platform has it.
    Object.assign(this, client, { auth: () => auth });
  }
}

// Outside the class: a bundler renames a class that refers to itself, and frameworks print its name.
function fromEnvironment(options: FromEnvironmentOptions): InfisicalSDK {
  const { environment, ...given } = parseFromEnvironment("", options) as FromEnvironmentOptions;
  const read = readerOf(environment);
  return new InfisicalSDK({
    ...given,
    siteUrl: given.siteUrl ?? siteUrlFrom(read),
    auth: given.auth ?? environmentAuth({ environment }),
    headers: { ...headersFrom(read), ...given.headers },
  });
}

/** Puts the user's plugins before those that are built in, so that an error has their index. The type has the latter. */
function withOwn(plugins: readonly Plugin[]): ReturnType<typeof builtIn> {
  if (!Array.isArray(plugins)) return plugins as never;
  const own: Plugin[] = [...builtIn()];
  const names = new Set<unknown>(own.map(({ name }) => name));
  for (const [index, plugin] of plugins.entries()) {
    const option = `plugins[${index}]`;
    // A function that should have been called has a name too; the client says so.
    if (typeof plugin === "function") continue;
    const name = readOption(option, () => Object(plugin).name as unknown);
    // The one that is built in loads its package, which a bundler cannot follow.
    if (name === certificates.name && names.delete(name)) own.splice(own.indexOf(certificates), 1);
    else if (names.has(name))
      throw optionError(`${option}.name`, "must not be that of a resource which InfisicalSDK has", name);
  }
  return [...plugins, ...own] as never;
}

/** The client checks the values. */
const anyValue: OptionRule = (_, value) => value;

const rules: Readonly<Record<`${keyof InfisicalSDKOptions}?`, OptionRule>> = {
  // Like no address at all, as in the official SDK.
  "siteUrl?": (_, value) => (value === "" ? undefined : value),
  "auth?": anyValue,
  "plugins?": anyValue,
  "middleware?": anyValue,
  "transport?": anyValue,
  "fetch?": anyValue,
  "timeout?": anyValue,
  "maxConcurrent?": anyValue,
  "retry?": anyValue,
  "headers?": anyValue,
  "onEvent?": anyValue,
  "observer?": anyValue,
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
