import type { Clock } from "../support/clock.ts";
import type { HttpClient } from "./http-client.ts";

/** What a plugin is given to build its API with. */
export interface PluginContext {
  /** Sends requests with the session's token. */
  readonly http: HttpClient;
  /** The client's time, for waiting and for computing deadlines. */
  readonly clock: Clock;
  /**
   * Sends requests while the client closes, when `http` refuses them: for what must be returned or deleted at the end.
   */
  readonly closingHttp: HttpClient;
  /**
   * Has something ended when the client closes, such as a lease in use.
   *
   * @param end - Ends it.
   * @returns A function that takes this back, for what has ended by itself.
   */
  readonly onClose: (end: EndOfClient) => () => void;
  /**
   * Keeps secrets out of every error of the client as long as they are in use, such as the credentials of a lease.
   *
   * @param value - The secrets: a string, or an object or list that holds strings at any depth.
   * @returns A function that ends this.
   */
  readonly holdSecrets: (value: unknown) => () => void;
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
   * Builds the API, once, when the client is made. It is synchronous and does no I/O.
   *
   * @param context - An HTTP client with the session's token, and the client's clock.
   * @returns The API.
   */
  setup(context: PluginContext): Api;
}

/**
 * Makes a plugin whose name and API the client's type knows.
 *
 * @param name - The accessor's name on the client.
 * @param setup - Builds the API, once, when the client is made; synchronous, without I/O.
 * @returns The plugin, to be put into `plugins`.
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
