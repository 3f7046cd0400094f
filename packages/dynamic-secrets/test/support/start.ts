import type { Clock, EventListener, Middleware, Transport } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import type { DynamicSecretSeed, LoggedRequest, TestServer, TestServerOptions } from "@infisical/test-server";
import { start as startServer } from "#test-kit";
import { dynamicSecrets } from "../../src/index.ts";

/** The location of the tests' dynamic secrets. */
export const location = { projectSlug: "shop", environmentSlug: "dev" } as const;

/** Inputs for a Redis that does not exist. */
export const redisInputs = {
  host: "redis.example.com",
  port: 6379,
  username: "default",
  password: "admin-password",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
  revocationStatement: "ACL DELUSER {{username}}",
  renewStatement: "",
};

export interface StartOptions extends Pick<TestServerOptions, "dynamicSecrets"> {
  /** Changes to the default: a Redis whose leases are valid for a minute. */
  readonly seed?: Partial<DynamicSecretSeed>;
  /** The client's clock; the server's by default. */
  readonly clock?: (server: TestServer) => Clock;
  readonly middleware?: readonly Middleware[];
  readonly onEvent?: EventListener;
  /** Sits between the client and the server: returns the URL to use instead of the server's. */
  readonly gateway?: (siteUrl: string) => Promise<string>;
}

/** How many requests each server's client waits for. */
const waiting = new WeakMap<TestServer, number>();

/** How many requests the client of a server has sent that it has no response to yet. */
export function pendingOf(server: TestServer): number {
  return waiting.get(server) ?? 0;
}

/** Node's transport, which counts what it waits for. */
function countingTransport(server: TestServer): Transport {
  const send = nodeTransport();
  const add = (change: number): unknown => waiting.set(server, pendingOf(server) + change);
  return async (request) => {
    add(1);
    try {
      return await send(request);
    } finally {
      add(-1);
    }
  };
}

/** A server whose clock is stopped, with the dynamic secret `cache`, and a client that shares the clock. */
export async function start(given: StartOptions = {}) {
  const { seed = {}, dynamicSecrets: options, clock = clockOf, middleware, onEvent, gateway } = given;
  const cache = { type: "redis", inputs: redisInputs, defaultTTL: "1m", ...seed };
  const { server, siteUrl, connect } = await startServer({
    server: {
      clock: { frozen: true },
      dynamicSecrets: options,
      projects: [
        {
          name: "Shop",
          slug: "shop",
          environments: [{ name: "Development", slug: "dev" }],
          dynamicSecrets: { dev: { "/": { cache } } },
        },
      ],
    },
  });
  const client = connect({
    siteUrl: gateway ? await gateway(siteUrl) : siteUrl,
    plugins: [dynamicSecrets()],
    transport: countingTransport(server),
    clock: clock(server),
    middleware,
    onEvent,
    retry: { baseDelay: 0 },
  });
  return { server, client, api: client.dynamicSecrets() };
}

/** The server's clock: no time passes while it is stopped, however slow the machine is. */
function clockOf({ clock }: TestServer): Clock {
  return {
    now: () => clock.now(),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    monotonic: () => clock.now(),
  };
}

const base = "/api/v1/dynamic-secrets";

/** The requests about dynamic secrets that the server has answered or is answering. */
export function requestsOf(server: TestServer): LoggedRequest[] {
  return server.requests.filter(({ path }) => path.startsWith(base));
}

/** The same in short form, such as `POST leases`, with `:id` for the lease's id. */
export function stepsOf(server: TestServer): string[] {
  return requestsOf(server).map(({ method, path }) =>
    `${method} ${path.slice(base.length + 1).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ":id")}`.trim(),
  );
}

/** What a request said, without the fields that every request has. */
export function said({ method, path, query, body }: LoggedRequest) {
  return { method, path, query, body };
}
