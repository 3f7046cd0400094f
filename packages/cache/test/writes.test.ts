import { InfisicalSDKError } from "@infisical/core";
import type { Failure } from "@infisical/test-server";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { raw, startCached, statuses, tokenLifetime } from "./start-cached.ts";

test("the next read sees a write", async () => {
  const { client, location, get } = await startCached();
  const names = async () =>
    (await client.secrets().listSecrets(location)).secrets.map(({ secretKey }) => secretKey).sort();
  expect(await names()).toEqual(["A"]);
  await client.secrets().createSecret("B", { ...location, secretValue: "b" });
  expect(await names()).toEqual(["A", "B"]);
  expect(await get()).toBe("value-1");
  await client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect(await get()).toBe("value-2");
  await client.secrets().deleteSecret("A", location);
  expect((await failureOf(get())).code).toBe("NOT_FOUND");
  expect(await names()).toEqual(["B"]);
});

const doubtful: [string, Failure, string][] = [
  ["drops after the work", { drop: "after" }, "CONNECTION_LOST"],
  ["stalls", { stall: "headers" }, "TIMEOUT"],
  ["is cut short", { truncate: "body" }, "GATEWAY_ERROR"],
];

test.each(doubtful)("the next read sees a write whose response %s", async (_, failure, code) => {
  const { server, client, location, get } = await startCached({ cache: { staleIfError: "1h" } });
  await get();
  server.fail({ method: "PATCH" }, failure);
  const write = client.secrets().updateSecret("A", { ...location, secretValue: "value-2", timeout: 200 });
  expect((await failureOf(write)).code).toBe(code);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("the next read sees a write that its caller aborted", async () => {
  const { server, client, location, get } = await startCached();
  await get();
  server.fail({ method: "PATCH" }, { delay: 1000 });
  const controller = new AbortController();
  const write = client
    .secrets()
    .updateSecret("A", { ...location, secretValue: "value-2", signal: controller.signal });
  await expect.poll(() => server.requests.at(-1)?.method).toBe("PATCH");
  controller.abort(new Error("enough"));
  await failureOf(write);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test.each([400, 404, 409, 500])(
  "a write that gets a %i shows that things are not as they were read",
  async (status) => {
    const { server, client, location, get } = await startCached();
    await get();
    server.fail({ method: "PATCH" }, { status });
    await failureOf(client.secrets().updateSecret("A", { ...location, secretValue: "value-2" }));
    await get();
    expect(statuses(server)).toEqual([200, 200]);
  },
);

test("a write that certainly had no effect drops nothing", async () => {
  const { server, client, location, get } = await startCached();
  await get();
  server.fail({ method: "PATCH" }, { rateLimit: { retryAfter: 1 } });
  const write = () => client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect((await failureOf(write())).code).toBe("RATE_LIMITED");
  await server.close();
  // First the open connection breaks; after that no connection can be established.
  await expect
    .poll(async () => (await failureOf(client.request({ method: "GET", path: "/api/status" }))).code)
    .toBe("UNREACHABLE");
  expect((await failureOf(write())).code).toBe("UNREACHABLE");
  expect(await get()).toBe("value-1");
});

test.each(["AUTH_FAILED", "NOT_AUTHENTICATED", "CLIENT_CLOSED"] as const)(
  "a write that ends with %s before it is sent leaves the cache",
  async (code) => {
    const refusal = new InfisicalSDKError("No.", { code });
    const { server, client, location, get } = await startCached({
      inside: [(request, next) => (request.method === "GET" ? next(request) : Promise.reject(refusal))],
    });
    await get();
    const write = client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
    expect(await failureOf(write)).toBe(refusal);
    await get();
    expect(statuses(server)).toEqual([200]);
  },
);

test("a write whose login is refused leaves the cache", async () => {
  const { server, client, location, get } = await startCached({ cache: { ttl: tokenLifetime * 2000 } });
  await get();
  server.clock.advance(tokenLifetime * 1000);
  server.fail({ path: /login$/ }, { status: 401 });
  const write = client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect((await failureOf(write)).code).toBe("AUTH_FAILED");
  expect(await get()).toBe("value-1");
  expect(statuses(server)).toEqual([200]);
});

test("a read in flight when a write ends is neither kept nor joined", async () => {
  const { server, client, location, get } = await startCached();
  server.fail({ method: "GET" }, { delay: 1000 });
  const early = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  await client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect(await get()).toBe("value-2");
  server.clock.advance(1000);
  await early;
  server.secrets.set({ environment: "dev", key: "A", value: "value-3" });
  expect(await get()).toBe("value-2");
});

test("a read-only POST is never answered from memory, and drops nothing", async () => {
  const { server, client, get } = await startCached({
    inside: [
      async (request, next) =>
        request.path === "/api/decrypt"
          ? { status: 200, headers: {}, body: { plaintext: "p" } }
          : next(request),
    ],
  });
  await get();
  const decrypt = () => client.request({ method: "POST", path: "/api/decrypt", readOnly: true });
  expect(await decrypt()).not.toBe(await decrypt());
  await get();
  expect(statuses(server)).toEqual([200]);
});

test("a POST is a write by default", async () => {
  const { server, client, location, get } = await startCached();
  await get();
  await client.request({
    method: "POST",
    path: `${raw}/B`,
    body: { workspaceId: location.projectId, environment: "dev", secretValue: "b" },
  });
  await get();
  expect(statuses(server)).toEqual([200, 200]);
});

test("clear() drops everything, including reads in flight", async () => {
  const { server, reads, get } = await startCached();
  server.fail({ method: "GET" }, { delay: 1000 });
  const early = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  reads.clear();
  server.clock.advance(1000);
  await early;
  await get();
  expect(statuses(server)).toEqual([200, 200]);
  expect(reads.stats().entries).toBe(1);
  reads.clear();
  expect(reads.stats().entries).toBe(0);
});

test("the empty value in the response to an update without one is not what the next read gets", async () => {
  const { client, location, get } = await startCached();
  expect(await get()).toBe("value-1");
  const { secret } = await client.secrets().updateSecret("A", { ...location, secretComment: "only" });
  expect(secret).toMatchObject({ secretValue: "", secretComment: "only" });
  expect(await get()).toBe("value-1");
});
