import ky from "ky";
import { afterEach, expect, test, vi } from "vitest";
import type { TransportRequest } from "../../src/contracts/transport.ts";
import { type KyTransportOptions, kyTransport } from "../../src/ky.ts";
import { requestTo, writeTo } from "./ky-requests.ts";
import { recordingFetch } from "./recording-fetch.ts";

const url = "http://localhost/";
const read = requestTo(url);
const write = writeTo(url, { body: "{}" });
const bare = requestTo(url, { method: "DELETE", idempotent: false });

/** The `init` that the platform's `fetch` is called with for a request. */
async function initFor(request: TransportRequest, options?: KyTransportOptions): Promise<RequestInit> {
  const platform = vi.fn(async (_input: unknown, _init: RequestInit) => new Response());
  vi.stubGlobal("fetch", platform);
  await kyTransport(options)(request);
  return platform.mock.calls[0]?.[1] ?? {};
}

/** Without an instance of one's own, and with one. */
const kinds: [name: string, options: () => KyTransportOptions][] = [
  ["no options", () => ({})],
  ["an instance", () => ({ ky: ky.create() })],
];

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a request is sent unchanged if the platform sends nothing twice by itself", async () => {
  vi.stubGlobal("process", undefined);
  expect(await initFor(write)).toMatchObject({ method: "POST", body: "{}" });
  for (const [name, options] of kinds) {
    for (const request of [read, bare]) {
      const init = await initFor(request, options());
      expect(init.body, name).toBeUndefined();
      expect(init, name).not.toHaveProperty("keepalive");
    }
  }
});

test.each(kinds)(
  "on Node, a write's body can be read only once, and goes out with its length (%s)",
  async (_, options) => {
    for (const request of [write, bare]) {
      const { body, headers } = await initFor(request, options());
      expect(body).toBeInstanceOf(ReadableStream);
      expect(await new Response(body).text()).toBe(request.body ?? "");
      const length = request.body === undefined ? {} : { "content-length": String(request.body.length) };
      expect(Object.fromEntries(new Headers(headers))).toEqual({ ...request.headers, ...length });
    }
    expect((await initFor(read, options())).body).toBeUndefined();
  },
);

test("in Jest's pages, which have Node's process but no streams, a write's body is unchanged", async () => {
  vi.stubGlobal("Request", undefined);
  vi.stubGlobal("ReadableStream", undefined);
  vi.stubGlobal("TextEncoder", undefined);
  expect((await initFor(write, {})).body).toBe(write.body);
});

test.each(kinds)(
  "on Deno, a write's body can be read only once, even if it has none (%s)",
  async (_, options) => {
    vi.stubGlobal("Deno", {});
    for (const request of [write, bare]) {
      const { body } = await initFor(request, options());
      expect(body).toBeInstanceOf(Blob);
      expect(await (body as Blob).text()).toBe(request.body ?? "");
    }
    expect((await initFor(read, options())).body).toBeUndefined();
    expect((await initFor({ ...write, idempotent: true }, options())).body).not.toBeInstanceOf(Blob);
  },
);

test.each(kinds)("on Bun, what must not be sent twice has its own connection (%s)", async (_, options) => {
  vi.stubGlobal("Bun", {});
  for (const request of [write, bare]) {
    expect(await initFor(request, options())).toMatchObject({ keepalive: false });
  }
  expect(await initFor({ ...bare, idempotent: true }, options())).not.toHaveProperty("keepalive");
});

test("on Bun, a custom fetch is told to use a separate connection", async () => {
  vi.stubGlobal("Bun", {});
  for (const instance of [undefined, ky.create()]) {
    const { fetch, calls } = recordingFetch();
    const transport = kyTransport({ fetch, ky: instance });
    await transport(bare);
    await transport(read);
    expect(calls[0]?.[1]).toMatchObject({ keepalive: false });
    expect(calls[1]?.[1]).not.toHaveProperty("keepalive");
  }
});

test.each(kinds)("on Workers, a DELETE without a body has a stream for one (%s)", async (_, options) => {
  vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
  const { body } = await initFor(bare, options());
  expect(body).toBeInstanceOf(ReadableStream);
  expect(await new Response(body ?? null).text()).toBe("");
  expect((await initFor({ ...bare, idempotent: true }, options())).body).toBeUndefined();
  for (const request of [write, { ...bare, method: "POST" }]) {
    expect((await initFor(request, options())).body).not.toBeInstanceOf(ReadableStream);
  }
});

test("the platform's fetch is kept from sending twice where it is handed in", async () => {
  vi.stubGlobal("Deno", {});
  const platform = vi.fn(async (_url: string, _init: object) => new Response());
  vi.stubGlobal("fetch", platform);
  await kyTransport({ fetch: platform })(write);
  expect(platform.mock.calls[0]?.[1]).toMatchObject({ body: expect.any(Blob) });
});
