import type { TestServer, TestTransportRequest, TestTransportResponse } from "../../src/index.ts";

/** Sends one request and resolves to the complete response. */
type Send = (request: TestTransportRequest) => Promise<TestTransportResponse>;

/** A connection to a server, in the shape of `server.transport`. The URLs of requests are paths. */
export interface Connection {
  readonly name: string;
  open(server: TestServer): Promise<Send>;
}

/** All kinds of connections to a server. */
export const connections: readonly Connection[] = [
  { name: "sockets", open: async (server) => viaFetch(fetch, (await server.listen()).siteUrl) },
  { name: "fetch", open: async (server) => viaFetch(server.fetch, "https://app.infisical.com") },
  { name: "transport", open: async (server) => server.transport },
];

function viaFetch(send: TestServer["fetch"], siteUrl: string): Send {
  return async ({ method, url, headers, body, signal }) => {
    const init = { method, headers, body: body ?? null, redirect: "manual", signal: signal ?? null } as const;
    const response = await send(siteUrl + url, init);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  };
}
