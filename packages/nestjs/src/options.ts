import type { Duration } from "@infisical/core";
import {
  fieldsOf,
  type OptionRule,
  type OptionRules,
  optionError,
  parseTimeout,
  readOption,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import { InfisicalSDK, type InfisicalSDKOptions } from "@infisical/sdk";

/** A client of your own: an `InfisicalSDK`, what `createClient` of `@infisical/core` returns, or a mock of one. */
export type InfisicalClient = object;

/**
 * How a module gets its client, and how the client ends: the options of an `InfisicalSDK`, or a client.
 *
 * @example
 * import { InfisicalModule } from "@infisical/nestjs";
 * const module = InfisicalModule.forRoot({ client, keepOpen: true, shutdownTimeout: "5s" });
 */
export interface InfisicalModuleOptions extends InfisicalSDKOptions {
  /**
   * The client to provide, instead of the options of an `InfisicalSDK`. A client that `createClient` returns is injected with
   * `@InjectInfisical()`.
   *
   * @defaultValue an `InfisicalSDK` with the other options
   */
  readonly client?: InfisicalClient | undefined;
  /**
   * Whether the access token is revoked when the application shuts down.
   *
   * @defaultValue false: the token lives until it expires
   */
  readonly revokeToken?: boolean | undefined;
  /**
   * Whether the client stays open when the application shuts down, for a `client` that others use too.
   *
   * @defaultValue false: it is closed, and its leases are revoked
   */
  readonly keepOpen?: boolean | undefined;
  /**
   * How long the shutdown waits for the client: milliseconds or a string such as `"5s"`.
   *
   * @defaultValue "5s"
   */
  readonly shutdownTimeout?: Duration | undefined;
}

/** What Nest has to know of a module before its client is created. */
export interface InfisicalModuleExtras {
  /**
   * The client's name, for `@InjectInfisical(name)`. An application has one module of each name.
   *
   * @defaultValue none: the client of `@InjectInfisical()`, and of the type `InfisicalSDK`
   */
  readonly name?: string | undefined;
  /**
   * Whether every module of the application can inject the client without importing this one.
   *
   * @defaultValue false
   */
  readonly isGlobal?: boolean | undefined;
}

/** Options that were checked. */
export interface CheckedModuleOptions {
  /** Returns the client that was given; without one, an `InfisicalSDK` for each call. */
  readonly getClient: () => InfisicalClient;
  readonly revokeToken: boolean;
  readonly keepOpen: boolean;
  /** In milliseconds. */
  readonly shutdownTimeout: number;
}

const anyValue: OptionRule = (_, value) => value;

/** The umbrella checks the values. */
const ofSdk: Readonly<Record<`${keyof InfisicalSDKOptions}?`, OptionRule>> = {
  "siteUrl?": anyValue,
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

const ownRules: OptionRules = {
  "client?": requireClient,
  "revokeToken?": requireFlag,
  "keepOpen?": requireFlag,
  "shutdownTimeout?": parseTimeout,
};

/** The rules of what Nest has to know first. */
export const extrasRules: OptionRules = { "name?": requireText, "isGlobal?": requireFlag };

const parseForRoot = fieldsOf({ ...ownRules, ...ofSdk, ...extrasRules });
const parseForFactory = fieldsOf({ ...ownRules, ...ofSdk });

/**
 * Checks the options of `forRoot`.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks its rule.
 */
export function parseModuleOptions(options: unknown): {
  readonly extras: InfisicalModuleExtras;
  readonly checked: CheckedModuleOptions;
} {
  const parsed = parseForRoot("", options) as InfisicalModuleOptions & InfisicalModuleExtras;
  const { name, isGlobal, ...rest } = parsed;
  return { extras: { name, isGlobal }, checked: check(rest) };
}

/**
 * Checks the options that a factory returned.
 *
 * @param factory - What returned them, for the error.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: there are none, or one is missing, unknown, or breaks its rule.
 */
export function parseFactoryOptions(factory: string, options: unknown): CheckedModuleOptions {
  if (options === undefined || options === null) {
    throw optionError(factory, `must return the options of the client, but it returned ${String(options)}`);
  }
  for (const name of ["name", "isGlobal"]) {
    if (readOption(name, () => Object.hasOwn(Object(options), name))) {
      throw optionError(name, `must be next to ${factory} in forRootAsync, and not among what it returns`);
    }
  }
  return check(parseForFactory("", options) as InfisicalModuleOptions);
}

function check(options: InfisicalModuleOptions): CheckedModuleOptions {
  const { client, revokeToken = false, keepOpen = false, shutdownTimeout = 5_000, ...sdk } = options;
  if (keepOpen && revokeToken) throw optionError("revokeToken", "must be left out if keepOpen is true");
  const closing = { revokeToken, keepOpen, shutdownTimeout: shutdownTimeout as number };
  if (client === undefined) return { getClient: clientsWith(sdk), ...closing };
  const [other] = Object.keys(sdk);
  if (other === undefined) return { getClient: () => client, ...closing };
  throw optionError(other, "must be left out if client is given, which has its own");
}

/** Creates the first client at once: it sends nothing, and a wrong option is told where it is written. */
function clientsWith(sdk: InfisicalSDKOptions): () => InfisicalSDK {
  if (sdk.auth === undefined) {
    throw optionError(
      "auth",
      "must say how to log in, such as universalAuth({ ... }), or environmentAuth() for what the environment provides; " +
        "a client that logs in by other means is given as client",
    );
  }
  let first: InfisicalSDK | undefined = new InfisicalSDK(sdk);
  return () => {
    const client = first ?? new InfisicalSDK(sdk);
    first = undefined;
    return client;
  };
}

function requireClient(option: string, value: unknown): InfisicalClient {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { then } = Object(value) as { readonly then?: unknown };
  if (isObject && typeof then !== "function") return value;
  throw optionError(
    option,
    "must be an InfisicalSDK or what createClient returns; forRootAsync waits for one that comes later",
    value,
  );
}
