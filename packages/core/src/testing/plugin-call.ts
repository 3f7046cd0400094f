import { createClient } from "../client.ts";
import type { CallOptions } from "../contracts/http-client.ts";
import type { Plugin } from "../contracts/plugin.ts";
import { type Answer, FakeServer, jsonResponse, siteUrl } from "./fake-server.ts";
import { copyOf } from "./values.ts";

/** One call of a plugin's API, as the contract makes it. */
export interface PluginCall<Api, Options> {
  /** Options that are right, each text among them another one, so that it can be found in the address. */
  readonly options: Options;
  /** Makes the call, e.g. `(api, options) => api.getSecret(options)`. */
  readonly call: (api: Api, options: Options & CallOptions) => Promise<unknown>;
  /** What the server answers, as an object. */
  readonly response: unknown;
  /**
   * What the call resolves to then.
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

/** One call of a plugin, ready to be made in all the ways that its cases need. */
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

  /** The options, new ones at every call, so that one that changes them does not spoil the next. */
  options(): object {
    return copyOf(this.#options);
  }

  /** A client of its own for the call, whose requests are answered as told or else as they should be. */
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
