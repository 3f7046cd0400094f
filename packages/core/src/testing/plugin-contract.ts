import { createClient } from "../client.ts";
import type { Plugin } from "../contracts/plugin.ts";
import { systemClock } from "../support/time.ts";
import { assert, type ContractCase } from "./contract-case.ts";
import { failureCases, successCases } from "./plugin-cases.ts";
import { sideEffectsOf } from "./side-effects.ts";
import { CallUnderTest, FakeServer, type PluginCall, siteUrl, token } from "./under-test.ts";

/** What the contract of plugins needs to know about a plugin. */
export interface PluginContractOptions<Name extends string, Api, Calls> {
  /** Creates the plugin, e.g. `secrets`. */
  readonly create: () => Plugin<Name, Api>;
  /** The calls of its API, by the names that appear in the cases. */
  readonly calls: { readonly [Call in keyof Calls]: PluginCall<Api, Calls[Call]> };
}

/**
 * What every plugin promises, as a list of cases for any test runner.
 *
 * Run the cases one after the other: some of them watch the timers and the `fetch` of the whole process.
 * Nothing is sent anywhere; a fake server answers every call.
 *
 * @param contract - How to create the plugin, and its calls.
 * @returns The cases, each with a name and a function that rejects if the promise is broken.
 *
 * @example
 * import { test } from "node:test";
 * import { definePlugin } from "@infisical/core";
 * import { apiPath } from "@infisical/core/authoring";
 * import { pluginContract } from "@infisical/core/testing";
 *
 * interface GetTagOptions {
 *   readonly projectId: string;
 *   readonly tagId: string;
 *   readonly signal?: AbortSignal | undefined;
 *   readonly timeout?: number | string | undefined;
 * }
 * const tags = () =>
 *   definePlugin("tags", ({ http }) => ({
 *     getTag: async ({ projectId, tagId, signal }: GetTagOptions) => {
 *       const path = apiPath`/api/v1/projects/${{ projectId }}/tags/${{ tagId }}`;
 *       return http.request({ method: "GET", path, signal, expect: { tag: "object" } });
 *     },
 *   }));
 * const cases = pluginContract({
 *   create: tags,
 *   calls: {
 *     getTag: {
 *       options: { projectId: "p", tagId: "t" },
 *       call: (api, options) => api.getTag(options),
 *       response: { tag: { id: "t", slug: "red" } },
 *     },
 *   },
 * });
 * for (const { name, run } of cases) test(name, run);
 */
export function pluginContract<
  Name extends string,
  Api,
  const Calls extends Readonly<Record<string, object>>,
>({ create, calls }: PluginContractOptions<Name, Api, Calls>): readonly ContractCase[] {
  const definitions = Object.entries<PluginCall<Api, object>>(calls as never);
  const underTest = definitions.map(([name, definition]) => new CallUnderTest(create, name, definition));
  return [
    ...construction(create, underTest),
    ...underTest.flatMap((call) => [...successCases(call), ...failureCases(call)]),
  ];
}

function construction<Api>(
  create: () => Plugin<string, Api>,
  calls: readonly CallUnderTest<Api>[],
): readonly ContractCase[] {
  return [
    {
      name: "a plugin has a name that a client can have",
      run: async () => {
        createClient({ siteUrl, plugins: [create()] });
      },
    },
    {
      name: "setting a plugin up starts nothing and waits for nothing",
      run: async () => {
        const plugin = create();
        const server = new FakeServer(() => "silence");
        const http = createClient({ siteUrl, transport: server.transport });
        http.auth().accessToken(token);
        const { result, started } = await sideEffectsOf(() => ({
          api: plugin.setup({
            http,
            clock: systemClock,
            closingHttp: http,
            onClose: () => () => undefined,
            holdSecrets: () => () => undefined,
            events: { emit: undefined },
          }),
        }));
        assert(server.requests.length === 0, "Setting the plugin up sends a request.");
        assert(started.length === 0, `Setting the plugin up starts ${started.join(" and ")}.`);
        const { then } = Object(result.api) as { then?: unknown };
        assert(typeof then !== "function", "Setting the plugin up returns a promise.");
      },
    },
    {
      name: "each client has its own API, even if clients share a plugin",
      run: async () => {
        const plugin = create();
        for (const call of calls) {
          const [first, second] = [call.client({ plugin }), call.client({ plugin })];
          for (const { server, make } of [first, second]) {
            await make();
            assert(server.requests.length > 0, "A call of one client goes through another one.");
          }
        }
      },
    },
  ];
}
