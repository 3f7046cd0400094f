import { createClient } from "../client.ts";
import type { LoginContext, LoginResponse } from "../contracts/auth-strategy.ts";
import type { CallOptions } from "../contracts/http-client.ts";
import type { Plugin } from "../contracts/plugin.ts";
import { type Transport, TransportError, type TransportResponse } from "../contracts/transport.ts";
import { Calls } from "../events/publish.ts";
import { Redaction } from "../http/redact.ts";
import { HeldSecrets } from "../http/secrets.ts";
import { createSend, toHttpClient } from "../http/send.ts";
import { parseOptions } from "../options.ts";
import { ServerTime } from "../support/time.ts";
import { copyOf } from "./contract-case.ts";

/** The server's address in contracts; nothing is sent there. */
export const siteUrl = "https://infisical.test";

/** A request that the fake server received. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  /** By their lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; empty where there was none. */
  readonly body: string;
}

/** A response, or nothing at all until the request is aborted. */
export type Answer = (request: SeenRequest) => TransportResponse | "silence";

/** Replaces a network and a server: remembers requests and answers them. */
export class FakeServer {
  readonly requests: SeenRequest[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly transport: Transport = async ({ method, url, headers, body = "", signal }) => {
    const aborted = (): TransportError => new TransportError("aborted", { sent: true, code: "ABORTED" });
    if (signal.aborted) throw aborted();
    const request: SeenRequest = { method, url: new URL(url), headers, body };
    this.requests.push(request);
    const answer = this.#answer(request);
    if (answer !== "silence") return answer;
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(aborted()), { once: true });
    });
  };
}

/** A response in JSON. */
export function jsonResponse(status: number, body: unknown): TransportResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** A refusal by a server that repeats everything it was sent, which an error must not pass on. */
export function echoingRefusal(
  status: number,
  error: string,
  { headers, body }: SeenRequest,
): TransportResponse {
  const message = `refused ${headers["authorization"]} ${body}`;
  return jsonResponse(status, { reqId: "req-contract", statusCode: status, message, error });
}

/** A login context whose requests a fake server answers, wherever they go. */
export function contextAnswering(answer: Answer): { context: LoginContext; server: FakeServer } {
  const server = new FakeServer(answer);
  const { transport } = server;
  const options = parseOptions({ siteUrl, transport, retry: false });
  const serverTime = new ServerTime(options.clock);
  const send = createSend({
    ...options,
    serverTime,
    heldSecrets: new HeldSecrets(),
    redaction: new Redaction(),
    calls: new Calls({ ...options, events: { piece: () => undefined } }),
  });
  const http = toHttpClient(send);
  return { context: { http, siteUrl, httpVia: () => http, transport }, server };
}

/** Answers every login, each with a new token. */
export function logins(): Answer {
  let count = 0;
  return () => {
    count += 1;
    return jsonResponse(200, loginResponse(count));
  };
}

/** The response to the login of that number. */
export function loginResponse(count: number): LoginResponse & { readonly accessToken: string } {
  return {
    accessToken: `contract-token-${count}`,
    expiresIn: 3600,
    accessTokenMaxTTL: 7200,
    tokenType: "Bearer",
  };
}

/** One call of a plugin's API, as the contract makes it. */
export interface PluginCall<Api, Options> {
  /** Valid options with a different text each, so that it can be found in the address. */
  readonly options: Options;
  /** Makes the call, e.g. `(api, options) => api.getSecret(options)`. */
  readonly call: (api: Api, options: Options & CallOptions) => Promise<unknown>;
  /** What the server answers, as an object. */
  readonly response: unknown;
  /**
   * What the call then resolves to.
   *
   * @defaultValue the response itself
   */
  readonly result?: unknown;
  /**
   * Texts among the options that no error may show, e.g. the value of a secret.
   *
   * @defaultValue none
   */
  readonly secrets?: readonly string[] | undefined;
}

/** One call of a plugin, ready for all the ways in which its cases make it. */
export class CallUnderTest<Api> {
  readonly name: string;
  readonly result: unknown;
  readonly secrets: readonly string[];
  readonly #create: () => Plugin<string, Api>;
  readonly #definition: PluginCall<Api, object>;
  readonly #options: object;

  constructor(create: () => Plugin<string, Api>, name: string, definition: PluginCall<Api, object>) {
    this.name = name;
    this.result = "result" in definition ? definition.result : definition.response;
    this.secrets = definition.secrets ?? [];
    this.#create = create;
    this.#definition = definition;
    this.#options = copyOf(definition.options);
  }

  /** The options, new ones every time, so that a call that changes them does not affect the next one. */
  options(): object {
    return copyOf(this.#options);
  }

  /** A new client for the call, whose requests get this answer, or by default the right one. */
  client({ answer, plugin = this.#create() }: ClientUnderTest<Api> = {}): PreparedCall {
    const { call, response } = this.#definition;
    const { api, server } = apiAnswering(plugin, answer ?? (() => jsonResponse(200, response)));
    return {
      server,
      make: async (changes, options = this.options()) => call(api, { ...options, ...changes }),
    };
  }
}

interface ClientUnderTest<Api> {
  readonly answer?: Answer | undefined;
  readonly plugin?: Plugin<string, Api> | undefined;
}

interface PreparedCall {
  /** What the client was asked to send. */
  readonly server: FakeServer;
  /** Makes the call, with some options changed. */
  make(changes?: CallOptions | Readonly<Record<string, string>>, options?: object): Promise<unknown>;
}

/** The session's token in every client of the contract. */
export const token = "contract-session-token";

function apiAnswering<Api>(plugin: Plugin<string, Api>, answer: Answer): { api: Api; server: FakeServer } {
  const server = new FakeServer(answer);
  const underTest: Plugin<"underTest", Api> = {
    name: "underTest",
    setup: (context) => plugin.setup(context),
  };
  const client = createClient({ siteUrl, transport: server.transport, retry: false, plugins: [underTest] });
  client.auth().accessToken(token);
  return { api: client.underTest(), server };
}
