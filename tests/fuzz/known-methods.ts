import type { Transport, TransportRequest, TransportResponse } from "@infisical/sdk";
import { learn, type RightCall, tryOf } from "./learn.ts";
import { type Method, methodsOf } from "./surface.ts";
import { createWorld } from "./world.ts";

/** A method of a client, with arguments that are right in every world: ids are the same in all of them. */
export interface KnownMethod extends Method, RightCall {
  readonly isAsync: boolean;
  /** The names in the query of a right call. */
  readonly queryNames: ReadonlySet<string>;
  /** What a right call resolves to. */
  readonly value: unknown;
  /** How many responses it takes. */
  readonly responseCount: number;
  /** Answers a right call like the server, but for what `change` makes of a response; the first has the index 0. */
  replay(change: (response: TransportResponse, index: number) => TransportResponse): Transport;
}

/** A request without what differs from one time to the next, such as a signature. */
const keyOf = ({ method, url }: TransportRequest): string => `${method} ${new URL(url).pathname}`;

/** Logins with the proof of a platform, which is different for each: their factories are fuzzed instead. */
const platformLogin =
  /^auth\(\)\.(?:oidc|jwt|spiffe|kubernetes|gcpIdToken|gcpIam|azure|ldap|oci|alicloud|tlsCert)Auth\.login$/;

/** Finds all methods, and learns what they take and what servers respond. */
export async function learnMethods(): Promise<readonly KnownMethod[]> {
  const known: KnownMethod[] = [];
  for (const method of await methodsOf((await createWorld()).client())) {
    if (!platformLogin.test(method.name)) known.push(await learnMethod(method));
  }
  return known;
}

async function learnMethod(method: Method): Promise<KnownMethod> {
  const { server, client, offlineClient, values } = await createWorld();
  const responses = new Map<string, TransportResponse>();
  let requests: TransportRequest[] = [];
  const transport: Transport = async (request) => {
    const response = await server.transport(request);
    responses.set(keyOf(request), response);
    requests.push(request);
    return response;
  };
  let isAsync = false;
  let value: unknown;
  const offline = tryOf((args) => method.call(offlineClient(), args));
  const online = tryOf(async (args) => {
    requests = [];
    const returned = method.call(client({ transport }), args);
    isAsync = returned instanceof Promise;
    value = await returned;
  });
  const right = await learn(method.name, { offline, online }, values);
  const replay: KnownMethod["replay"] = (change) => {
    let index = 0;
    return async (request) => {
      const response = responses.get(keyOf(request)) ?? { status: 404, headers: {}, body: "" };
      return change(response, index++);
    };
  };
  return {
    ...method,
    ...right,
    isAsync,
    value,
    queryNames: new Set(requests.flatMap(({ url }) => [...new URL(url).searchParams.keys()])),
    responseCount: requests.length,
    replay,
  };
}
