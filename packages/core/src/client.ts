import type { HttpClient, HttpRequest } from "./contracts/http-client.ts";
import { type ApiResponse, compose } from "./contracts/middleware.ts";
import { followerOf } from "./contracts/observer.ts";
import { type EndOfClient, type Plugin, type PluginContext, setUpPlugins } from "./contracts/plugin.ts";
import { Calls, createEvents } from "./events/publish.ts";
import { loginHttp } from "./http/login-http.ts";
import { Redaction } from "./http/redact.ts";
import { HeldSecrets } from "./http/secrets.ts";
import { createSend, type Send, toHttpClient } from "./http/send.ts";
import { warnAboutPlainHttp } from "./http/url.ts";
import { clientClosed, Lifetime } from "./lifetime.ts";
import { type ClientOptions, parseLoginRoute, parseOptions } from "./options.ts";
import { type Auth, createAuth } from "./session/auth.ts";
import { Session, withSession } from "./session/session.ts";
import { fieldsOf } from "./support/call-options.ts";
import { requireFlag } from "./support/check.ts";
import { ServerTime } from "./support/time.ts";

/** How a client closes. */
export interface CloseOptions {
  /**
   * Whether to revoke the access token, so that nobody can use it any longer.
   *
   * @defaultValue false: the token lives until it expires
   */
  readonly revokeToken?: boolean | undefined;
}

const parseCloseOptions = fieldsOf({ "revokeToken?": requireFlag });

/** `await using`, in the types of platforms that support it: the method closes the client. */
export type AsyncDisposal = typeof Symbol extends {
  /** The method's key. */
  readonly asyncDispose: infer Key extends symbol;
}
  ? Readonly<Record<Key, () => Promise<void>>>
  : object;

/** What every client has, whatever its plugins. */
export interface BaseClient extends HttpClient {
  /** Returns the object that logs in and out; always the same one. */
  auth(): Auth<this>;
  /**
   * Closes the client: ends leases in use, lets calls in flight finish, and closes idle connections.
   *
   * Later calls are rejected with `CLIENT_CLOSED`. A `transport` that was passed in stays open: other clients may
   * use it. A process can end without closing its clients. `await using client = createClient()` does
   * the same at the end of its block.
   *
   * @param options - How to close.
   * @throws {InfisicalSDKRequestError} The token could not be revoked; everything else has ended.
   */
  close(options?: CloseOptions): Promise<void>;
}

/** The accessors that plugins add to a client. */
export type PluginAccessors<Plugins extends readonly Plugin[]> = {
  readonly [Each in Plugins[number] as string extends Each["name"] ? never : Each["name"]]: () => ReturnType<
    Each["setup"]
  >;
};

/** A client with the accessors of its plugins. */
export type Client<Plugins extends readonly Plugin[] = readonly []> = BaseClient &
  AsyncDisposal &
  PluginAccessors<Plugins>;

/**
 * Creates a client from an address, a way to log in, and the resources it can reach.
 *
 * Nothing is sent before the first call.
 *
 * @param options - See {@link ClientOptions}.
 * @returns The client, with one accessor for each plugin.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule, or two plugins share a name.
 *
 * @example
 * import { createClient, definePlugin } from "@infisical/core";
 * const status = definePlugin("status", ({ http }) => ({
 *   get: () => http.request<{ message: string }>({ method: "GET", path: "/api/status" }),
 * }));
 * const client = createClient({ siteUrl: "https://eu.infisical.com", plugins: [status] });
 * client.auth().accessToken("token-from-elsewhere");
 */
export function createClient<const Plugins extends readonly Plugin[] = readonly []>(
  options: ClientOptions<Plugins> = {},
): Client<Plugins> {
  const client: Client<Plugins> = createClientFor(() => client, options) as unknown as Client<Plugins>;
  return client;
}

/**
 * Creates a client for an object that wraps it: the methods of `auth()` return that object.
 *
 * @param owner - Returns the object; called after a login, never while the client is created.
 * @param options - See {@link ClientOptions}.
 * @returns The client, with one accessor for each plugin.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule, or two plugins share a name.
 *
 * @example
 * import type { Auth } from "@infisical/core";
 * import { createClientFor } from "@infisical/core/authoring";
 * class Vault {
 *   readonly auth: () => Auth<Vault>;
 *   constructor() {
 *     this.auth = createClientFor(() => this).auth;
 *   }
 * }
 */
export function createClientFor<Owner, const Plugins extends readonly Plugin[] = readonly []>(
  owner: () => Owner,
  options: ClientOptions<Plugins> = {},
): Omit<Client<Plugins>, "auth"> & {
  /** Returns the object that logs in and out; always the same one. */
  auth(): Auth<Owner>;
} {
  const parsed = parseOptions(options);
  const { clock } = parsed;
  warnAboutPlainHttp(parsed.siteUrl);
  const lifetime = new Lifetime();
  const heldSecrets = new HeldSecrets();
  const serverTime = new ServerTime(clock);
  const onClose = (end: EndOfClient): (() => void) => lifetime.onClose(end);
  let created: Session | undefined;
  const follower = followerOf(parsed, () => created?.identityKey, onClose);
  const events = createEvents(clock, parsed.onEvent, follower);
  const calls = new Calls({ events, clock, namesInEvents: parsed.namesInEvents });
  const sendUnguarded = createSend({ ...parsed, heldSecrets, redaction: new Redaction(), serverTime, calls });
  const send: Send = (...parameters) => {
    lifetime.assertOpen();
    return sendUnguarded(...parameters);
  };
  const sessionHttp = loginHttp(send, parsed, heldSecrets);
  const session = new Session({
    strategy: parsed.auth,
    http: sessionHttp,
    revocationHttp: toHttpClient((request) =>
      calls.observe(request, (sent) => sessionHttp.request<ApiResponse>({ ...sent, fullResponse: true })),
    ),
    siteUrl: parsed.siteUrl,
    httpVia: (route) => loginHttp(send, parsed, heldSecrets, parseLoginRoute(route)),
    transport: async (request) => {
      lifetime.assertOpen();
      return parsed.loginTransport(request);
    },
    clock,
    serverTime,
    events,
    timeout: parsed.timeout,
    hold: (accessToken) => heldSecrets.holdLogin({ accessToken }),
  });
  created = session;
  const next = compose(parsed.middleware, withSession(session, send));
  const makeCall = (request: HttpRequest): Promise<ApiResponse> =>
    calls.observe(Object.assign(request, { identity: session.identityKey, emit: undefined }), next);
  const closingHttp = toHttpClient(makeCall);
  const http = toHttpClient((request) => lifetime.call(() => makeCall(request), request.signal));
  const context: PluginContext = {
    http,
    clock,
    closingHttp,
    onClose,
    holdSecrets: (value) => heldSecrets.hold(value),
    events,
  };
  const accessors = setUpPlugins(parsed.plugins, context);
  // Not async: everybody who closes a client waits for the same promise.
  const close = (options?: CloseOptions): Promise<void> => {
    let revokeToken: boolean | undefined;
    try {
      ({ revokeToken } = parseCloseOptions("", options) as CloseOptions);
    } catch (error) {
      return Promise.reject(error);
    }
    return lifetime.close(async () => {
      try {
        if (revokeToken) await session.revoke();
      } finally {
        session.end(clientClosed());
        for (const transport of parsed.ownTransports) transport.close?.();
      }
    });
  };
  const auth = createAuth(session, lifetime, owner);
  Object.defineProperty(auth, contextMark, { value: context });
  return {
    ...accessors,
    request: http.request,
    auth: () => auth,
    close,
    ...(Symbol.asyncDispose && { [Symbol.asyncDispose]: () => close() }),
  } as unknown as ReturnType<typeof createClientFor<Owner, Plugins>>;
}

/**
 * Where the object that `auth()` returns holds the context: it is the same one for a client and for objects that wrap it.
 * All copies of this package in a process share the mark.
 */
const contextMark: unique symbol = Symbol.for("infisical.sdk.context") as never;

/**
 * What the plugins of a client are given, for a function that takes a client instead.
 *
 * @param client - A client, or an object that wraps one and has its `auth()`.
 * @returns The context; `undefined` for any other object, such as a mock.
 *
 * @example
 * import type { Client } from "@infisical/core";
 * import { contextOf } from "@infisical/core/authoring";
 * const timeOf = (client: Client) => contextOf(client)?.clock.now() ?? Date.now();
 */
export function contextOf(client: unknown): PluginContext | undefined {
  const { auth } = Object(client) as { readonly auth?: unknown };
  if (typeof auth !== "function") return undefined;
  return (Object(auth.call(client)) as { readonly [contextMark]?: PluginContext })[contextMark];
}
