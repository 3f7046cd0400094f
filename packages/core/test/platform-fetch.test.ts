import { afterEach, expect, test, vi } from "vitest";
import type { FetchInit } from "../src/fetch.ts";
import { platformFetch } from "../src/http/platform-fetch.ts";

const { signal } = new AbortController();
const get: FetchInit = { method: "GET", headers: {}, redirect: "manual", signal };
const post: FetchInit = { ...get, method: "POST", body: "{}" };
const bare: FetchInit = { ...get, method: "DELETE" };

/** What the platform's `fetch` is called with for a request. */
async function sent(init: FetchInit): Promise<RequestInit> {
  const platform = vi.fn(async (_url: string, _init: RequestInit) => new Response());
  vi.stubGlobal("fetch", platform);
  await platformFetch("http://localhost/", init);
  return platform.mock.calls[0]?.[1] ?? {};
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a request is sent as it is where the platform sends nothing twice by itself", async () => {
  for (const init of [get, post, bare]) expect(await sent(init)).toBe(init);
});

test("on Deno, a write's body can be read only once, even if it has none", async () => {
  vi.stubGlobal("Deno", {});
  for (const init of [post, bare]) {
    const { body } = await sent(init);
    expect(body).toBeInstanceOf(Blob);
    expect(await (body as Blob).text()).toBe(init.body ?? "");
  }
  expect(await sent(get)).toBe(get);
});

test("on Bun, a DELETE has a connection of its own", async () => {
  vi.stubGlobal("Bun", {});
  expect(await sent({ ...bare, body: "{}" })).toMatchObject({ body: "{}", keepalive: false });
  expect(await sent(post)).toBe(post);
  expect(await sent(get)).toBe(get);
});
