import type { Failure } from "@infisical/test-server";
import { expect, test } from "vitest";
import { failureOf, raw, start, statuses } from "./support.ts";

test("a write is seen by the next read", async () => {
  const { client, place, get } = await start();
  const names = async () =>
    (await client.secrets().listSecrets(place)).secrets.map(({ secretKey }) => secretKey).sort();
  expect(await names()).toEqual(["A"]);
  await client.secrets().createSecret("B", { ...place, secretValue: "b" });
  expect(await names()).toEqual(["A", "B"]);
  expect(await get()).toBe("value-1");
  await client.secrets().updateSecret("A", { ...place, secretValue: "value-2" });
  expect(await get()).toBe("value-2");
  await client.secrets().deleteSecret("A", place);
  expect((await failureOf(get())).code).toBe("NOT_FOUND");
  expect(await names()).toEqual(["B"]);
});

const doubtful: [string, Failure, string][] = [
  ["drops after the work", { drop: "after" }, "CONNECTION_LOST"],
  ["stalls", { stall: "headers" }, "TIMEOUT"],
  ["is cut short", { truncate: "body" }, "GATEWAY_ERROR"],
];

test.each(doubtful)("a write whose response %s is seen by the next read", async (_, failure, code) => {
  const { server, client, place, get } = await start({ cache: { staleIfError: "1h" } });
  await get();
  server.fail({ method: "PATCH" }, failure);
  const write = client.secrets().updateSecret("A", { ...place, secretValue: "value-2", timeout: 200 });
  expect((await failureOf(write)).code).toBe(code);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("a write that its caller ends is seen by the next read", async () => {
  const { server, client, place, get } = await start();
  await get();
  server.fail({ method: "PATCH" }, { delay: 1000 });
  const controller = new AbortController();
  const write = client
    .secrets()
    .updateSecret("A", { ...place, secretValue: "value-2", signal: controller.signal });
  await expect.poll(() => server.requests.at(-1)?.method).toBe("PATCH");
  controller.abort(new Error("enough"));
  await failureOf(write);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test.each([400, 404, 409, 500])(
  "a write that gets a %i shows that things are not as they were read",
  async (status) => {
    const { server, client, place, get } = await start();
    await get();
    server.fail({ method: "PATCH" }, { status });
    await failureOf(client.secrets().updateSecret("A", { ...place, secretValue: "value-2" }));
    await get();
    expect(statuses(server)).toEqual([200, 200]);
  },
);

test("a write that was certainly not carried out leaves what was read", async () => {
  const { server, client, place, get } = await start();
  await get();
  server.fail({ method: "PATCH" }, { rateLimit: { retryAfter: 1 } });
  const write = () => client.secrets().updateSecret("A", { ...place, secretValue: "value-2" });
  expect((await failureOf(write())).code).toBe("RATE_LIMITED");
  await server.close();
  // The connection that is kept open breaks first; after that none comes about.
  await expect
    .poll(async () => (await failureOf(client.request({ method: "GET", path: "/api/status" }))).code)
    .toBe("UNREACHABLE");
  expect((await failureOf(write())).code).toBe("UNREACHABLE");
  expect(await get()).toBe("value-1");
});

test("a read under way when a write ends is neither kept nor joined", async () => {
  const { server, client, place, get } = await start();
  server.fail({ method: "GET" }, { delay: 1000 });
  const early = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  await client.secrets().updateSecret("A", { ...place, secretValue: "value-2" });
  expect(await get()).toBe("value-2");
  server.clock.advance(1000);
  await early;
  server.secrets.set({ environment: "dev", key: "A", value: "value-3" });
  expect(await get()).toBe("value-2");
});

test("a POST that only reads is never answered from memory, and leaves what was read", async () => {
  const { server, client, get } = await start({
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

test("a POST is a write unless it says otherwise", async () => {
  const { server, client, place, get } = await start();
  await get();
  await client.request({
    method: "POST",
    path: `${raw}/B`,
    body: { workspaceId: place.projectId, environment: "dev", secretValue: "b" },
  });
  await get();
  expect(statuses(server)).toEqual([200, 200]);
});

test("clear() drops everything, what is under way included", async () => {
  const { server, reads, get } = await start();
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
