import { optionError, readOption } from "../errors/make-error.ts";
import type { Clock } from "../support/time.ts";
import type { EventSink } from "./events.ts";
import type { HttpClient } from "./http-client.ts";

/** What a plugin is given to build its API with. */
export interface PluginContext {
  /** Sends requests with the session's token. */
  readonly http: HttpClient;
  /** The client's time, for waiting and for computing deadlines. */
  readonly clock: Clock;
  /**
   * Sends requests while the client closes, when `http` refuses them: to revoke or delete something at the end.
   */
  readonly closingHttp: HttpClient;
  /**
   * Registers something to end when the client closes, such as a lease in use.
   *
   * @param end - Ends it.
   * @returns A function that unregisters it, for what has ended by itself.
   */
  readonly onClose: (end: EndOfClient) => () => void;
  /**
   * Keeps secrets out of every error of the client as long as they are in use, such as the credentials of a lease.
   *
   * @param value - The secrets: a string, or an object or list that holds strings at any depth.
   * @returns A function that stops this.
   */
  readonly holdSecrets: (value: unknown) => () => void;
  /** Publishes what the plugin does besides its calls, which the client itself tells about. */
  readonly events: EventSink;
}

/**
 * Ends something that a plugin keeps going. The client waits for it before it closes.
 *
 * @param reason - An error with code `CLIENT_CLOSED`, for those who use what ends.
 */
export type EndOfClient = (reason: Error) => void | Promise<void>;

/**
 * Adds one accessor to a client, called `name`, which returns the same API object at every call.
 *
 * @typeParam Name - The accessor's name.
 * @typeParam Api - What the accessor returns.
 */
export interface Plugin<Name extends string = string, Api = unknown> {
  /** The accessor's name on the client. */
  readonly name: Name;
  /**
   * Builds the API, once, when the client is created. It is synchronous and does no I/O.
   *
   * @param context - An HTTP client with the session's token, and the client's clock.
   * @returns The API.
   */
  setup(context: PluginContext): Api;
}

/**
 * Creates a plugin whose name and API the client's type knows.
 *
 * @param name - The accessor's name on the client.
 * @param setup - Builds the API, once, when the client is created; synchronous, without I/O.
 * @returns The plugin, for the option `plugins`.
 *
 * @example
 * import { createClient, definePlugin } from "@infisical/core";
 * const status = definePlugin("status", ({ http }) => ({
 *   get: () => http.request<{ message: string }>({ method: "GET", path: "/api/status" }),
 * }));
 * const client = createClient({ plugins: [status] });
 * client.status().get;
 */
export function definePlugin<const Name extends string, Api>(
  name: Name,
  setup: (context: PluginContext) => Api,
): Plugin<Name, Api> {
  return { name, setup };
}

/** Names that every client has, or that would change what it is: with `then`, it would be a promise. */
const reserved: readonly string[] = [
  "auth",
  "request",
  "close",
  "then",
  "toJSON",
  ...Object.getOwnPropertyNames(Object.prototype),
];

/** Builds every plugin's API once and returns the accessors. */
export function setUpPlugins(
  plugins: readonly Plugin[],
  context: PluginContext,
): Record<string, () => unknown> {
  const accessors: Record<string, () => unknown> = {};
  for (const [index, plugin] of plugins.entries()) {
    const option = `plugins[${index}]`;
    const name = readOption(option, () => parsePlugin(option, plugin));
    if (Object.hasOwn(accessors, name)) throw optionError(`${option}.name`, "must be unique", name);
    const api: unknown = plugin.setup(context);
    if (api instanceof Promise) {
      api.catch(() => undefined);
      throw optionError(`${option}.setup`, "must return the API itself, not a promise");
    }
    accessors[name] = () => api;
  }
  return accessors;
}

function parsePlugin(option: string, plugin: unknown): string {
  const { name, setup } = Object(plugin) as Partial<Plugin>;
  if (typeof name !== "string" || name === "" || typeof setup !== "function") {
    const rule = "must be a plugin, such as what secrets() or definePlugin() returns";
    throw optionError(option, rule, plugin);
  }
  if (reserved.includes(name))
    throw optionError(`${option}.name`, "must not be a name that every client has", name);
  return name;
}
