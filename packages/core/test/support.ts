import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { createTestServer, type TestServer, type TestServerOptions } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import {
  type AuthStrategy,
  type Client,
  type ClientOptions,
  type Clock,
  createClient,
  type InfisicalSDKRequestError,
  type LoginResponse,
} from "../src/index.ts";

export const listPath = "/api/v3/secrets/raw";
export const loginPath = "/api/v1/auth/universal-auth/login";
export const renewPath = "/api/v1/auth/token/renew";

/** A test server on a socket, closed when the test is over. */
export async function startServer(
  options?: TestServerOptions,
): Promise<{ server: TestServer; siteUrl: string }> {
  const server = createTestServer(options);
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  return { server, siteUrl };
}

/** A server with one identity whose tokens live that long, in seconds. */
export function startServerWithTokens(accessTokenTTL: number, accessTokenMaxTTL: number) {
  return startServer({
    clock: { frozen: true },
    identities: [
      {
        name: "admin",
        organizationRole: "admin",
        projectRoles: { "example-project": "admin" },
        universalAuth: { accessTokenTTL, accessTokenMaxTTL, lockout: false },
      },
    ],
  });
}

/** Logs in as the server's first identity. */
export function strategyFor(server: TestServer, changes: { clientSecret?: string } = {}): AuthStrategy {
  const { clientId, clientSecret } = server.identities[0] ?? {};
  return {
    name: "universal-auth",
    login: ({ http, signal }) =>
      http.request<LoginResponse>({
        method: "POST",
        path: loginPath,
        body: { clientId, clientSecret, ...changes },
        signal,
      }),
  };
}

/** A client of a server, logging in as its first identity. */
export function clientOf(server: TestServer, siteUrl: string, options: ClientOptions = {}): Client {
  return createClient({ siteUrl, auth: strategyFor(server), clock: server.clock, ...options });
}

/** A call that reads. */
export function list(client: Client, environment = "dev", signal?: AbortSignal): Promise<unknown> {
  const workspaceId = projectOf(client);
  return client.request({ method: "GET", path: listPath, query: { workspaceId, environment }, signal });
}

/** A call that writes. */
export function create(client: Client, name: string): Promise<unknown> {
  const body = {
    workspaceId: projectOf(client),
    environment: "dev",
    secretPath: "/",
    secretValue: "a-value",
  };
  return client.request({ method: "POST", path: `${listPath}/${name}`, body });
}

const projects = new WeakMap<Client, string>();

/** Tells the calls above which project a client works in. */
export function inProject<C extends Client>(client: C, server: TestServer): C {
  projects.set(client, server.projects[0]?.id ?? "");
  return client;
}

function projectOf(client: Client): string {
  return projects.get(client) ?? "";
}

/** How often the server was asked for a path, with a method. */
export function count(server: TestServer, method: string, path: string): number {
  return server.requests.filter((request) => request.method === method && request.path === path).length;
}

/** What a call rejects with. */
export async function failureOf(call: Promise<unknown>): Promise<InfisicalSDKRequestError> {
  return call.then(
    () => {
      throw new Error("The call was expected to fail.");
    },
    (error: InfisicalSDKRequestError) => error,
  );
}

/** All that can be printed of a value. */
export function printed(value: unknown): string {
  const stack = value instanceof Error ? value.stack : "";
  return [
    inspect(value, { depth: null, showHidden: true }),
    JSON.stringify(value),
    String(value),
    stack,
  ].join("\n");
}

/** What a server of one's own answers to one request. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** A bare HTTP server on a socket, for what no Infisical answers. Its requests are "METHOD /path". */
export async function startAnswering(
  answer: (request: { method: string; path: string; body: string }, count: number) => Answer | "silence",
): Promise<{ siteUrl: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "" } = incoming;
      const path = url.split("?")[0] ?? "";
      requests.push(`${method} ${path}`);
      const response = answer({ method, path, body: Buffer.concat(chunks).toString() }, requests.length);
      if (response === "silence") return;
      const { status = 200, headers = {}, body = {} } = response;
      const isText = typeof body === "string";
      outgoing.writeHead(status, isText ? headers : { "content-type": "application/json", ...headers });
      outgoing.end(status === 304 || status === 204 ? undefined : isText ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { siteUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A clock whose waits are over at once, and move it. */
export function jumpingClock(): Clock & { readonly waits: number[]; advance(milliseconds: number): void } {
  let now = Date.parse("2026-11-26T12:00:00Z");
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
