import { type Auth, createAuth } from "./auth.ts";
import { type ClientOptions, checkOptions } from "./client-options.ts";
import { checkSignal } from "./http/check-signal.ts";
import { httpWithoutToken } from "./http/http-without-token.ts";
import { warnOfPlainHttp } from "./http/plain-http-warning.ts";
import { resultOf } from "./http/result-of.ts";
import { createTransport } from "./http/transport.ts";
import type { HttpClient, HttpRequest } from "./http-client.ts";
import { compose } from "./middleware.ts";
import type { Plugin } from "./plugin.ts";
import { Session } from "./session/session.ts";
import { withSession } from "./session/with-session.ts";
import { setUpPlugins } from "./set-up-plugins.ts";

/** What every client has, whatever its plugins. */
export interface BaseClient extends HttpClient {
  /** Gives the object that logs in and out; always the same one. */
  auth(): Auth<this>;
}

/** The accessors that plugins add to a client. */
export type PluginAccessors<Plugins extends readonly Plugin[]> = {
  readonly [Each in Plugins[number] as string extends Each["name"] ? never : Each["name"]]: () => ReturnType<
    Each["setup"]
  >;
};

/** A client with the accessors of its plugins. */
export type Client<Plugins extends readonly Plugin[] = readonly []> = BaseClient & PluginAccessors<Plugins>;

/**
 * Makes a client from an address, a way to log in and the resources that it is to have.
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
  const checked = checkOptions(options);
  warnOfPlainHttp(checked.siteUrl);
  const transport = createTransport(checked);
  const session = new Session({
    strategy: checked.auth,
    http: httpWithoutToken(transport),
    clock: checked.clock,
  });
  const send = compose(checked.middleware, withSession(session, transport));
  const http: HttpClient = {
    request: async <Reply>(request: HttpRequest) => {
      checkSignal(request.signal);
      const response = await send(Object.assign({}, request, { identity: session.identity.key }));
      return resultOf<Reply>(request, response);
    },
  };
  const accessors = setUpPlugins(options.plugins ?? [], { http, clock: checked.clock });
  const auth: Auth<Client<Plugins>> = createAuth(session, () => client);
  const client = { ...accessors, request: http.request, auth: () => auth } as unknown as Client<Plugins>;
  return client;
}
