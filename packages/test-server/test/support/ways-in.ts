import type { TestServer, TestTransport } from "../../src/index.js";

/** A way to reach a server, in the shape of `server.transport`; requests have a path for a URL. */
export interface WayIn {
  readonly name: string;
  open(server: TestServer): Promise<TestTransport>;
}

/** All ways to reach a server. */
export const waysIn: readonly WayIn[] = [
  { name: "sockets", open: async (server) => viaFetch(fetch, (await server.listen()).siteUrl) },
  { name: "fetch", open: async (server) => viaFetch(server.fetch, "https://app.infisical.com") },
  { name: "transport", open: async (server) => server.transport },
];

function viaFetch(send: TestServer["fetch"], siteUrl: string): TestTransport {
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
