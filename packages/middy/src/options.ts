import { type ClientOptions, createClient, type Duration } from "@infisical/core";
import {
  fieldsOf,
  folderPath,
  optionError,
  readOption,
  requireFlag,
  requireText,
  toMilliseconds,
} from "@infisical/core/authoring";
import { type SecretsApi, secrets } from "@infisical/secrets";
import { type FetchData, type ParsedSource, parseFetchData } from "./fetch-data.ts";
import { isNameOfContext } from "./middleware.ts";

/** What secrets are read through: a client with the secrets plugin, an `InfisicalSDK`, or a mock of one. */
export interface SecretsClient {
  /** Returns what reads secrets. */
  secrets(): Pick<SecretsApi, "getSecret" | "getSecrets" | "listSecrets" | "listSecretsWithImports">;
}

/**
 * What the middleware fetches, through what, and how long it keeps it.
 *
 * @example
 * import { infisical } from "@infisical/middy";
 * const middleware = infisical({
 *   client,
 *   projectId,
 *   environment: "dev",
 *   secretPath: "/shop",
 *   includeImports: false,
 *   expandSecretReferences: false,
 *   fetchData: { apiKey: "API_KEY" },
 *   cacheKey: "shop",
 *   cacheKeyExpiry: { shop: "5m" },
 *   disablePrefetch: true,
 * });
 */
export interface InfisicalMiddlewareOptions<Data extends FetchData, ToContext extends boolean = boolean> {
  /** What to read through: a client with the secrets plugin, an `InfisicalSDK`, or the options of a client, such as `{ auth }`. */
  readonly client: SecretsClient | Omit<ClientOptions, "plugins">;
  /** The id of the project, for sources without one. */
  readonly projectId: string;
  /** The environment's slug, for sources without one. */
  readonly environment: string;
  /**
   * The folder's path, for sources without one.
   *
   * @defaultValue "/"
   */
  readonly secretPath?: string | undefined;
  /** What to fetch: by the names that values are to have, the name of a secret, where one is, or a folder. */
  readonly fetchData: Data;
  /**
   * Whether `${NAME}` in a value is replaced by what it refers to.
   *
   * @defaultValue true
   */
  readonly expandSecretReferences?: boolean | undefined;
  /**
   * Whether what a folder imports is read too. Its own secrets win.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
  /**
   * The cache's name. Middlewares with the same client and the same name fetch the same secret once.
   *
   * @defaultValue "infisical"
   */
  readonly cacheKey?: string | undefined;
  /**
   * How long a value is kept: milliseconds or a string such as `"5m"`, up to 365 days. With -1 it is kept until the
   * instance ends, with 0 it is fetched in every invocation.
   *
   * @defaultValue -1
   */
  readonly cacheExpiry?: Duration | undefined;
  /**
   * How long values are kept, by the name of a cache. It counts before `cacheExpiry`.
   *
   * @defaultValue none: `cacheExpiry` counts for all
   */
  readonly cacheKeyExpiry?: Readonly<Record<string, Duration>> | undefined;
  /**
   * Whether nothing is fetched before the first call.
   *
   * @defaultValue false: values are fetched when the middleware is created, during the cold start
   */
  readonly disablePrefetch?: boolean | undefined;
  /**
   * Whether the values are also set in the handler's `context`. The handler then starts when all have arrived.
   *
   * @defaultValue false: they are promises in `request.internal`
   */
  readonly setToContext?: ToContext | undefined;
}

/** The options, checked and completed. */
export interface ParsedOptions
  extends Omit<
    InfisicalMiddlewareOptions<FetchData>,
    "client" | "fetchData" | "cacheKey" | "cacheExpiry" | "cacheKeyExpiry"
  > {
  readonly client: SecretsClient;
  readonly secretPath: string;
  readonly fetchData: ReadonlyMap<string, ParsedSource>;
  readonly expandSecretReferences: boolean;
  readonly includeImports: boolean;
  readonly cacheKey: string;
  /** How long values are kept, in milliseconds; `Infinity` while the instance lives. */
  readonly lifetime: number;
}

const parseFields = fieldsOf({
  client: parseClient,
  projectId: requireText,
  environment: requireText,
  "secretPath?": folderPath,
  fetchData: parseFetchData,
  "expandSecretReferences?": requireFlag,
  "includeImports?": requireFlag,
  "cacheKey?": requireText,
  "cacheExpiry?": parseExpiry,
  "cacheKeyExpiry?": parseExpiries,
  "disablePrefetch?": requireFlag,
  "setToContext?": requireFlag,
});

const defaults = {
  secretPath: "/",
  expandSecretReferences: true,
  includeImports: false,
  cacheKey: "infisical",
  cacheExpiry: Number.POSITIVE_INFINITY,
};

/**
 * Checks the options.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule.
 */
export function parseMiddlewareOptions(options: unknown): ParsedOptions {
  const parsed = { ...defaults, ...(parseFields("", options) as Partial<typeof defaults>) };
  const { cacheExpiry, cacheKeyExpiry, ...others } = parsed as typeof parsed & {
    readonly cacheKeyExpiry?: ReadonlyMap<string, number>;
  };
  const lifetime = cacheKeyExpiry?.get(parsed.cacheKey) ?? cacheExpiry;
  const completed = { ...others, lifetime } as unknown as ParsedOptions;
  const taken = completed.setToContext && [...completed.fetchData.keys()].find(isNameOfContext);
  if (!taken) return completed;
  throw optionError(
    `fetchData.${taken}`,
    "must have another name with setToContext: Lambda's context has that field",
  );
}

function parseClient(option: string, value: unknown): SecretsClient {
  const rule =
    "must be a client with the secrets plugin, an InfisicalSDK, or an object with the options of a client";
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw optionError(option, rule, value);
  const given = value as Readonly<Record<string, unknown>>;
  if (typeof readOption(option, () => given["secrets"]) === "function") return value as SecretsClient;
  // Options are read once.
  const { plugins, ...others } = readOption(option, () => ({ ...given }));
  if (typeof others["auth"] === "function")
    throw optionError(option, "must be a client with the secrets plugin");
  if (plugins === undefined) return createClient({ ...others, plugins: [secrets()] });
  throw optionError(`${option}.plugins`, "must be left out: the middleware only reads secrets");
}

/** The longest time, in milliseconds. What middy takes for a moment since 1970 is longer. */
const longestExpiry = 365 * 24 * 60 * 60 * 1_000;

function parseExpiry(option: string, value: unknown): number {
  if (value === -1) return Number.POSITIVE_INFINITY;
  const rule = 'must be -1, or from 0 to 365 days in milliseconds or as a string such as "5m"';
  let milliseconds: number;
  try {
    milliseconds = toMilliseconds(option, value);
  } catch {
    throw optionError(option, rule, value);
  }
  if (milliseconds <= longestExpiry) return milliseconds;
  throw optionError(option, rule, value);
}

function parseExpiries(option: string, value: unknown): ReadonlyMap<string, number> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw optionError(option, "must be an object with a time for each cacheKey", value);
  }
  return new Map(
    Object.entries(value).map(([name, expiry]) => [name, parseExpiry(`${option}.${name}`, expiry)]),
  );
}
