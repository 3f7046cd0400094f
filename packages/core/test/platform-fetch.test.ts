import { createTestServer } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { platformFetch } from "../src/http/platform-fetch.ts";

/** What reaches the platform's `fetch` of a request, on a platform of that name. */
async function given(platform: string, method: string, body?: string): Promise<RequestInit> {
  const real = fetch;
  const inits: RequestInit[] = [];
  vi.stubGlobal(platform, {});
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    inits.push(init);
    return real(url, init);
  });
  const server = createTestServer();
  onTestFinished(async () => {
    vi.unstubAllGlobals();
    await server.close();
  });
  const { siteUrl } = await server.listen();
  const { signal } = new AbortController();
  const headers = { "content-type": "application/json" };
  const init = { method, headers, redirect: "manual", signal, ...(body && { body }) } as const;
  const reply = await platformFetch(`${siteUrl}/api/status`, init);
  await reply.text();
  expect(server.requests.map((request) => [request.method, request.body])).toEqual([
    [method, body && JSON.parse(body)],
  ]);
  return inits[0] ?? {};
}

test("a request goes out as it is where the platform sends nothing twice by itself", async () => {
  expect((await given("Other", "POST", '{"a":1}')).body).toBe('{"a":1}');
  expect(await given("Other", "DELETE")).not.toHaveProperty("keepalive");
});

test("on Deno, a write's body can be read only once, even if it has none", async () => {
  expect((await given("Deno", "POST", '{"a":1}')).body).toBeInstanceOf(Blob);
  expect((await given("Deno", "DELETE")).body).toBeInstanceOf(Blob);
  expect(await given("Deno", "GET")).not.toHaveProperty("body");
});

test("on Bun, a DELETE has a connection of its own", async () => {
  expect(await given("Bun", "DELETE", '{"a":1}')).toMatchObject({ body: '{"a":1}', keepalive: false });
  expect(await given("Bun", "POST", '{"a":1}')).not.toHaveProperty("keepalive");
});
