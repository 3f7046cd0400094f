import type { Duration } from "@infisical/core";
import {
  contextOf,
  fieldsOf,
  folderPath,
  listOf,
  optionError,
  parseCallOptions,
  readOption,
  requireFlag,
  requireText,
  systemClock,
  toMilliseconds,
} from "@infisical/core/authoring";
import type { ListSecretsOptions, SecretsApi } from "@infisical/secrets";
import type { Subscription } from "./event-stream.ts";
import { createWatcher } from "./polling-watcher.ts";
import type { SecretsWatcher } from "./secrets-watcher.ts";

/** What is watched through: a client with the secrets plugin, an `InfisicalSDK`, or a mock of one. */
export interface WatchableClient {
  /** Returns what lists secrets. */
  secrets(): Pick<SecretsApi, "listSecretsIfChanged">;
}

/**
 * Which secrets to watch, and how.
 *
 * @example
 * import { watchSecrets } from "@infisical/watch";
 * const watcher = watchSecrets(client, {
 *   projectId,
 *   environment: "dev",
 *   includeImports: false,
 *   ref: false,
 *   signal: AbortSignal.timeout(86_400_000),
 * });
 */
export interface WatchSecretsOptions
  extends Omit<ListSecretsOptions, "attachToProcessEnv" | "includeImports"> {
  /**
   * Whether what the folder imports is watched too. Its own secrets win over imports of the same name.
   *
   * @defaultValue false
   */
  readonly includeImports?: boolean | undefined;
  /**
   * The time between two polls: milliseconds or a string such as `"30s"`, from 1 second to 24 days. Each wait is up to a
   * quarter shorter or longer.
   *
   * @defaultValue "30s"
   */
  readonly interval?: Duration | undefined;
  /**
   * Whether the wait between two polls keeps the process alive. It has no effect for clients with a `clock` of their own.
   *
   * @defaultValue false: a process that only watches ends
   */
  readonly ref?: boolean | undefined;
  /**
   * Whether the server is also asked to tell of changes as they happen, by its event stream. Each event leads to a poll
   * within half a second. The polls by `interval` go on, since the server repeats no event.
   *
   * Not every plan has the stream. Without it, or with a transport that reads only whole responses, the watcher polls; the
   * event `stream` tells.
   *
   * @defaultValue false
   */
  readonly stream?: boolean | undefined;
  /** Ends the watcher; loops and `refresh` then reject with its reason. None by default. */
  readonly signal?: AbortSignal | undefined;
}

const watchRules = {
  projectId: requireText,
  environment: requireText,
  "secretPath?": folderPath,
  "expandSecretReferences?": requireFlag,
  "viewSecretValue?": requireFlag,
  "includeImports?": requireFlag,
  "recursive?": requireFlag,
  "strict?": requireFlag,
  "tagSlugs?": listOf(requireText),
  "tagFilters?": listOf(requireText),
  "metadataFilter?": listOf(fieldsOf({ key: requireText, value: requireText })),
  "includePersonalOverrides?": requireFlag,
  "interval?": parseInterval,
  "ref?": requireFlag,
  "stream?": requireFlag,
};

/**
 * Watches secrets: reads them now, and again and again, and tells what has changed.
 *
 * A poll that finds nothing new costs the server and the network little: it is a conditional request. When polls fail,
 * the last state is kept, and the next polls are further apart: up to 5 minutes, or `interval` if that is longer. What a
 * server asks for by `Retry-After` is waited for, up to an hour.
 *
 * Before the first state, a refusal that waiting cannot mend, such as `FORBIDDEN` or `NOT_FOUND`, ends the watcher.
 * After it, only `close`, `signal` and the end of the client do: a permission can come back.
 *
 * @param client - A client with the secrets plugin, or an `InfisicalSDK`. One with a cache hears of changes as late as its
 * cache.
 * @param options - Which secrets, and how; see {@link WatchSecretsOptions}.
 * @returns The watcher. It begins to poll once the caller has returned.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the client or an option breaks a rule.
 *
 * @example
 * import { watchSecrets } from "@infisical/watch";
 * const settings = new Map<string, string>();
 * for await (const { added, changed, removed } of watchSecrets(client, { projectId, environment: "dev" })) {
 *   for (const { secretKey } of removed) settings.delete(secretKey);
 *   for (const { secretKey, secretValue } of [...added, ...changed]) settings.set(secretKey, secretValue);
 *   break; // closes the watcher
 * }
 */
export function watchSecrets(client: WatchableClient, options: WatchSecretsOptions): SecretsWatcher {
  const api = readOption("client", () => secretsOf(client));
  const context = readOption("client", () => contextOf(client));
  const parsed = parseCallOptions(options, watchRules);
  const { interval = defaultInterval, ref = false, stream = false, signal, ...list } = parsed;
  return createWatcher({
    read: (etag, inFlight) => api.listSecretsIfChanged({ ...list, signal: inFlight }, etag),
    onClose: context && ((end) => context.onClose(end)),
    clock: context?.clock ?? systemClock,
    interval: interval as number,
    recursive: list.recursive ?? false,
    ref,
    signal,
    events: stream ? { http: context?.http, ...placeOf(list) } : undefined,
  });
}

function placeOf({
  projectId,
  environment,
  secretPath = "/",
  recursive = false,
}: ListSecretsOptions): Subscription {
  return { projectId, environment, secretPath, recursive };
}

const defaultInterval = 30_000;
const shortestInterval = 1_000;
const longestInterval = 24 * 24 * 60 * 60 * 1_000;

function parseInterval(option: string, value: unknown): number {
  const milliseconds = toMilliseconds(option, value);
  if (milliseconds >= shortestInterval && milliseconds <= longestInterval) return milliseconds;
  const rule = 'must be at least 1 second, such as "60s", and at most 24 days: a number counts milliseconds';
  throw optionError(option, rule, value);
}

function secretsOf(client: unknown): Pick<SecretsApi, "listSecretsIfChanged"> {
  const given = Object(client) as { readonly secrets?: () => unknown };
  const api = typeof given.secrets === "function" ? given.secrets() : undefined;
  if (typeof (Object(api) as Partial<SecretsApi>).listSecretsIfChanged === "function") {
    return api as SecretsApi;
  }
  const cure =
    "must be a client with secrets(): createClient({ plugins: [secrets()] }), or new InfisicalSDK()";
  throw optionError("client", cure, client);
}
