import { createClient } from "../client.ts";
import type { CallOptions } from "../http-client.ts";
import type { Plugin } from "../plugin.ts";
import { type Answer, jsonReply, StandIn, siteUrl } from "./stand-in.ts";
import { copyOf } from "./values.ts";

/** One call of a plugin's API, as the contract makes it. */
export interface PluginCall<Api, Options> {
  /** Options that are right, each text among them another one, so that it can be found in the address. */
  readonly options: Options;
  /** Makes the call, e.g. `(api, options) => api.getSecret(options)`. */
  readonly call: (api: Api, options: Options & CallOptions) => Promise<unknown>;
  /** What the server answers, as an object. */
  readonly reply: unknown;
  /**
   * What the call resolves to then.
   *
   * @defaultValue the reply itself
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
    this.result = "result" in definition ? definition.result : definition.reply;
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
    const { call, reply } = this.#definition;
    const { api, standIn } = apiThat(plugin, answer ?? (() => jsonReply(200, reply)));
    return {
      standIn,
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
  readonly standIn: StandIn;
  /** Makes the call, with some options changed. */
  make(changes?: CallOptions | Readonly<Record<string, string>>, options?: object): Promise<unknown>;
}

/** The session's token in every client of the contract. */
export const token = "contract-session-token";

function apiThat<Api>(plugin: Plugin<string, Api>, answer: Answer): { api: Api; standIn: StandIn } {
  const standIn = new StandIn(answer);
  const underTest: Plugin<"underTest", Api> = {
    name: "underTest",
    setup: (context) => plugin.setup(context),
  };
  const client = createClient({ siteUrl, fetch: standIn.fetch, retry: false, plugins: [underTest] });
  client.auth().accessToken(token);
  return { api: client.underTest(), standIn };
}
