import { universalAuth } from "@infisical/auth-universal";
import { type Clock, createClient, type Middleware } from "@infisical/core";
import {
  createTestServer,
  type DynamicSecretSeed,
  type LoggedRequest,
  type TestServer,
  type TestServerOptions,
} from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { dynamicSecrets } from "../../src/index.ts";

/** Where the tests' dynamic secrets are. */
export const place = { projectSlug: "shop", environmentSlug: "dev" } as const;

/** What makes users of a Redis that is not there. */
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
  /** Differs from the default: a Redis whose leases are good for a minute. */
  readonly seed?: Partial<DynamicSecretSeed>;
  /** The client's clock; the server's by default. */
  readonly clock?: (server: TestServer) => Clock;
  readonly middleware?: readonly Middleware[];
  /** Stands between the client and the server: gives the address to use in place of the server's. */
  readonly gateway?: (siteUrl: string) => Promise<string>;
}

/** A server whose clock stands still, with the dynamic secret `cache`, and a client that shares the clock. */
export async function start(given: StartOptions = {}) {
  const { seed = {}, dynamicSecrets: options, clock, middleware, gateway } = given;
  const cache = { type: "redis", inputs: redisInputs, defaultTTL: "1m", ...seed };
  const server = createTestServer({
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
  });
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const client = createClient({
    siteUrl: gateway ? await gateway(siteUrl) : siteUrl,
    auth: universalAuth({ clientId, clientSecret }),
    plugins: [dynamicSecrets()],
    clock: clock?.(server) ?? clockOf(server),
    middleware,
    retry: { baseDelay: 0 },
  });
  return { server, client, api: client.dynamicSecrets() };
}

/** The server's clock, by which nothing passes while it stands still, however slow the machine. */
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

/** The same as short words, such as `POST leases`, with `:id` for the lease's id. */
export function stepsOf(server: TestServer): string[] {
  return requestsOf(server).map(({ method, path }) =>
    `${method} ${path.slice(base.length + 1).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ":id")}`.trim(),
  );
}

/** What a request said, without what every request has. */
export function said({ method, path, query, body }: LoggedRequest) {
  return { method, path, query, body };
}
