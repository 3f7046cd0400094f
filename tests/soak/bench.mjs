import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { dynamicSecrets } from "@infisical/dynamic-secrets";
import { secrets } from "@infisical/secrets";
import { createTestServer } from "@infisical/test-server";
import { Figures } from "./figures.mjs";
import { Ledger } from "./ledger.mjs";
import { MovingClock } from "./moving-clock.mjs";
import { Route } from "./route.mjs";
import { Signals } from "./signals.mjs";
import { openUntrustedEndpoint } from "./untrusted-endpoint.mjs";

/**
 * @typedef {object} SoakOptions
 * @property {number} calls
 * @property {number} concurrency
 * @property {number} tokenLifetime in seconds
 * @property {number} faultShare
 * @property {number} seed of what happens to which call
 * @property {number} [timeout] of an attempt, in milliseconds
 * @property {() => number} [heap] gives the bytes in use
 * @property {import("@infisical/core").Transport} transport
 */

/** @typedef {Awaited<ReturnType<typeof openBench>>} Bench */

/**
 * Starts a server and a client, with what stands between them.
 *
 * @param {SoakOptions} options
 */
export async function openBench(options) {
  const { calls, tokenLifetime, timeout = 2000, transport } = options;
  const ledger = new Ledger(calls, (call) => {
    server.secrets.delete({ environment: "dev", key: `W${call}` });
  });
  const server = createTestServer({
    log: false,
    onRequest: (request) => ledger.note(request),
    projects: [
      {
        name: "Soak",
        slug: "soak",
        environments: [{ name: "Development", slug: "dev" }],
        dynamicSecrets: { dev: { "/": { soak: { type: "redis", inputs: redisInputs } } } },
      },
    ],
    identities: [
      {
        name: "soak",
        organizationRole: "admin",
        projectRoles: { soak: "admin" },
        universalAuth: {
          accessTokenTTL: tokenLifetime,
          accessTokenMaxTTL: tokenLifetime * 5,
          lockout: false,
        },
      },
    ],
  });
  const { siteUrl } = await server.listen();
  const untrusted = await openUntrustedEndpoint();
  const route = new Route({ siteUrl, untrusted: untrusted.origin });
  const clock = new MovingClock();
  const client = createClient({
    siteUrl,
    clock,
    transport: route.over(transport),
    auth: universalAuth(server.credentials()),
    plugins: [secrets(), dynamicSecrets()],
    timeout,
    retry: { limit: 8, baseDelay: 5, maxDelay: 100 },
  });
  return {
    options,
    server,
    client,
    clock,
    route,
    untrusted,
    ledger,
    port: Number(new URL(siteUrl).port),
    place: { projectId: server.projectId(), environment: "dev" },
    signals: new Signals(),
    figures: new Figures(),
    /** By call, how often a page had a status with which Infisical refuses. */
    pagesWithRefusal: new Uint8Array(calls),
  };
}

const redisInputs = {
  host: "redis.internal",
  port: 6379,
  username: "default",
  password: "soak",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
  revocationStatement: "ACL DELUSER {{username}}",
};
