import { parseEncryptionKey } from "@infisical/cache/encryption";
import type { AuthStrategy, Duration } from "@infisical/core";
import {
  folderPath,
  listOf,
  normalizeSiteUrl,
  type OptionRules,
  optionError,
  parseCallOptions,
  parseTimeout,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import type { SecretsApi } from "@infisical/secrets";
import { type EnvSchema, isStandardSchema } from "./standard-schema.ts";

/** What secrets are read with: a client with the secrets plugin, an `InfisicalSDK`, or a mock of one. */
export interface EnvClient {
  /** Returns what lists secrets. */
  secrets(): Pick<SecretsApi, "listSecrets" | "listSecretsWithImports">;
}

/**
 * Which secrets become variables, and how.
 *
 * @example
 * import { universalAuth } from "@infisical/auth-universal";
 * import { loadEnv } from "@infisical/env";
 * await loadEnv({
 *   auth: universalAuth({ clientId, clientSecret }),
 *   siteUrl,
 *   projectId,
 *   environment: "prod",
 *   fallback: "/var/cache/app/secrets",
 *   fallbackKey: encryptionKey,
 * });
 */
export interface EnvOptions<Schema extends EnvSchema | undefined = EnvSchema | undefined> {
  /**
   * What to read with, instead of `siteUrl` and `auth`. It stays open.
   *
   * @defaultValue a client of its own, which is closed afterwards
   */
  readonly client?: EnvClient | undefined;
  /**
   * The server's address.
   *
   * @defaultValue the variable `INFISICAL_SITE_URL`, `INFISICAL_API_URL` or `INFISICAL_DOMAIN`; without them
   * "https://app.infisical.com"
   */
  readonly siteUrl?: string | undefined;
  /**
   * How to log in.
   *
   * @defaultValue `environmentAuth()`: with what the environment provides
   */
  readonly auth?: AuthStrategy | undefined;
  /**
   * The project's id.
   *
   * @defaultValue the variable `INFISICAL_PROJECT_ID`
   */
  readonly projectId?: string | undefined;
  /**
   * The environment's slug.
   *
   * @defaultValue the variable `INFISICAL_ENVIRONMENT`
   */
  readonly environment?: string | undefined;
  /**
   * The folder's path, or those of several folders. Of secrets with the same name, that of the last folder counts.
   *
   * @defaultValue the variable `INFISICAL_SECRET_PATH`, a list with commas; without it "/"
   */
  readonly secretPath?: string | readonly string[] | undefined;
  /**
   * Whether subfolders are read too. Of secrets with the same name, that of the folder nearest to `secretPath` counts.
   *
   * @defaultValue false
   */
  readonly recursive?: boolean | undefined;
  /**
   * Whether what the folders import is read too. Their own secrets count before imports.
   *
   * @defaultValue true
   */
  readonly includeImports?: boolean | undefined;
  /**
   * Whether `${NAME}` in a value is replaced by what it refers to; in imported secrets it always is.
   *
   * @defaultValue true
   */
  readonly expandSecretReferences?: boolean | undefined;
  /**
   * What the variables must be: a schema for all of them, or one for each name. Any library with Standard Schema does.
   *
   * A schema for all sees the secrets; one for each name also sees existing variables that are not secrets.
   *
   * @defaultValue none: all variables, as strings
   */
  readonly schema?: Schema | undefined;
  /**
   * Whether the variables are written to `process.env`.
   *
   * @defaultValue false: they are only returned
   */
  readonly writeTo?: boolean | undefined;
  /**
   * Whether secrets count before existing variables of the same name.
   *
   * @defaultValue the variable `INFISICAL_ENV_OVERRIDE`; without it, existing variables count
   */
  readonly override?: boolean | undefined;
  /**
   * Names to accept although they steer the process, such as `HTTPS_PROXY`, or are unusual, such as `my-name`.
   *
   * Everyone who is allowed to write secrets of the folder then controls these variables.
   *
   * @defaultValue the variable `INFISICAL_ENV_ALLOW`, a list with commas; without it, none
   */
  readonly allow?: readonly string[] | undefined;
  /**
   * How long all of it may take: milliseconds or a string such as `"30s"`.
   *
   * @defaultValue the variable `INFISICAL_ENV_TIMEOUT`; without it "30s"
   */
  readonly timeout?: Duration | undefined;
  /** Ends the wait; the call then rejects with its reason. None by default. */
  readonly signal?: AbortSignal | undefined;
  /**
   * A file that keeps what was read last, encrypted. It is used if the server cannot be reached, never after a refusal.
   *
   * @defaultValue the variable `INFISICAL_ENV_FALLBACK`; without it, nothing is kept
   */
  readonly fallback?: string | undefined;
  /**
   * What `fallback` is encrypted with: at least 32 random characters in base64 or hexadecimal, such as the output of
   * `openssl rand -base64 32`, or at least 32 random bytes.
   *
   * @defaultValue the variable `INFISICAL_ENV_FALLBACK_KEY`
   */
  readonly fallbackKey?: string | Uint8Array | undefined;
}

/** The rules of the options; those of a variable are the same. */
export const envRules: OptionRules = {
  "client?": requireClient,
  "siteUrl?": normalizeSiteUrl,
  "auth?": (_option, value) => value,
  "projectId?": requireText,
  "environment?": requireText,
  "secretPath?": folderPaths,
  "recursive?": requireFlag,
  "includeImports?": requireFlag,
  "expandSecretReferences?": requireFlag,
  "schema?": requireSchema,
  "writeTo?": requireFlag,
  "override?": requireFlag,
  "allow?": listOf(requireText),
  "timeout?": parseTimeout,
  "fallback?": requireText,
  "fallbackKey?": parseEncryptionKey,
};

/** Options that were checked. */
export interface CheckedOptions extends EnvOptions {
  readonly secretPath?: readonly string[] | undefined;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
  readonly fallbackKey?: Uint8Array | undefined;
}

/**
 * Checks the options that were given, from wherever.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule.
 */
export function parseEnvOptions(options: EnvOptions): CheckedOptions {
  const parsed: CheckedOptions = parseCallOptions(options, envRules) as CheckedOptions;
  const other = (["siteUrl", "auth"] as const).find((name) => parsed[name] !== undefined);
  if (parsed.client === undefined || other === undefined) return parsed;
  throw optionError(other, "must be left out if client is given, which has its own");
}

function requireClient(option: string, value: unknown): unknown {
  if (typeof (Object(value) as Partial<EnvClient>).secrets === "function") return value;
  throw optionError(option, "must be a client with the secrets plugin, or an InfisicalSDK");
}

function folderPaths(option: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [folderPath(option, value)];
  if (value.length === 0) throw optionError(option, "must have at least one path");
  return listOf(folderPath)(option, value) as readonly string[];
}

function requireSchema(option: string, value: unknown): unknown {
  if (isStandardSchema(value)) return value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const other = Object.keys(value).find((name) => !isStandardSchema(value[name as keyof typeof value]));
    if (other === undefined) return value;
    throw optionError(`${option}.${other}`, "must be a schema of a library that implements Standard Schema");
  }
  throw optionError(
    option,
    "must be a schema of a library that implements Standard Schema, or an object with one for each name",
  );
}
