import { tokenAuth } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf, start } from "#test-kit";
import { encryptionKey, minute, otherKey, startShared, written } from "./start-shared.ts";

test("a process that starts reads what another one has read, without the server", async () => {
  const { server, fill, join, sent } = await startShared();
  await fill();
  const logins = server.requests.length;
  const { get, reads } = join();
  expect(await Promise.all([get(), get()])).toEqual(["value-1", "value-1"]);
  expect(await get()).toBe("value-1");
  expect(sent()).toBe(1);
  expect(server.requests).toHaveLength(logins);
  expect(reads.stats()).toMatchObject({ storeHits: 1, requests: 0, hits: 1, joined: 1, storeFailures: 0 });
});

test("an entry from the store lives as long as in the process that wrote it, and is then revalidated by its tag", async () => {
  const { server, fill, join, sent } = await startShared();
  await fill();
  server.clock.advance(minute - 1);
  const { get, reads } = join();
  await get();
  expect(sent()).toBe(1);
  server.clock.advance(1);
  expect(await get()).toBe("value-1");
  expect(sent()).toBe(2);
  await written(reads);
  const third = join();
  await third.get();
  expect(sent()).toBe(2);
});

test("a process that starts while the server is down serves from the store during staleIfError", async () => {
  const { server, fill, join } = await startShared({ staleIfError: "1h" });
  await fill();
  await server.close();
  server.clock.advance(minute);
  const { get, reads } = join();
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ staleIfError: 1, requests: 1, storeHits: 0 });
  server.clock.advance(60 * minute - 1);
  expect(await join().get()).toBe("value-1");
  server.clock.advance(1);
  expect((await failureOf(join().get())).code).toBe("UNREACHABLE");
  expect((await failureOf(get())).code).toBe("UNREACHABLE");
});

test("during staleWhileRevalidate a process that starts serves the old response, and requests a new one", async () => {
  const { server, fill, join, sent } = await startShared({ staleWhileRevalidate: "1h" });
  await fill();
  server.clock.advance(2 * minute);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  const { get, reads } = join();
  expect(await get()).toBe("value-1");
  await written(reads);
  expect(await get()).toBe("value-2");
  expect(reads.stats()).toMatchObject({ staleWhileRevalidate: 1, requests: 1 });
  expect(await join().get()).toBe("value-2");
  expect(sent()).toBe(2);
});

test("in a process that has an old response, staleWhileRevalidate counts once and requests once", async () => {
  const { server, fill, sent } = await startShared({ staleWhileRevalidate: "1h" });
  const { get, reads } = await fill();
  server.clock.advance(2 * minute);
  expect(await get()).toBe("value-1");
  await written(reads, 2);
  expect(reads.stats()).toMatchObject({ staleWhileRevalidate: 1, requests: 2 });
  expect(sent()).toBe(2);
});

test("a newer response of another process is used in place of a request", async () => {
  const { server, fill, join, sent } = await startShared();
  const { get } = await fill();
  server.clock.advance(minute);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  await fill();
  expect(sent()).toBe(2);
  expect(await get()).toBe("value-2");
  expect(sent()).toBe(2);
  expect(await join().get()).toBe("value-2");
});

test("identities, servers, keys and requests share nothing with each other", async () => {
  const { server, siteUrl, fill, join, location, sent } = await startShared();
  await fill();
  await join({ identity: 1 }).get();
  expect(sent()).toBe(2);
  await join({ encryptionKey: otherKey }).get();
  expect(sent()).toBe(3);
  await join({ siteUrl: siteUrl.replace("127.0.0.1", "localhost") }).get();
  expect(sent()).toBe(4);
  const { client } = join();
  server.secrets.set({ environment: "prod", key: "A", value: "value-of-prod" });
  const other = await client.secrets().getSecret({ ...location, environment: "prod", secretName: "A" });
  expect(other.secretValue).toBe("value-of-prod");
  await client.request({ method: "GET", path: "/api/status", headers: { "x-a": "1" } });
  await client.request({ method: "GET", path: "/api/status", headers: { "x-a": "2" } });
  expect(sent()).toBe(7);
});

test("an entry written for other expected fields is not used", async () => {
  const { join, sent } = await startShared();
  const { client, reads } = join();
  await client.request({ method: "GET", path: "/api/status" });
  await written(reads);
  const failed = join().client.request({ method: "GET", path: "/api/status", expect: { more: "string" } });
  expect((await failureOf(failed)).code).toBe("INVALID_RESPONSE");
  expect(sent()).toBe(2);
});

test("the same identity on another server shares nothing", async () => {
  const { fill, join, sent } = await startShared();
  await fill();
  const other = await start();
  expect((await failureOf(join({ siteUrl: other.siteUrl }).get())).code).toBe("NOT_FOUND");
  expect(sent()).toBe(1);
});

test("what is read with a token from elsewhere is in memory only", async () => {
  const { server, store, join, fill, sent } = await startShared();
  const first = await fill();
  const token = first.client.auth().getAccessToken() ?? "";
  const { length } = [...store.texts];
  const { get, reads } = join({ auth: tokenAuth({ token }) });
  expect(await get()).toBe("value-1");
  expect(await get()).toBe("value-1");
  first.client.auth().accessToken(token);
  server.clock.advance(1);
  expect(await first.get()).toBe("value-1");
  expect(sent()).toBe(3);
  expect(store.texts.size).toBe(length);
  expect(reads.stats()).toMatchObject({ hits: 1, requests: 1, storeHits: 0, storeWrites: 0 });
});

test("keys are replaced one after the other: the first writes, all of them read", async () => {
  const { server, fill, join, sent } = await startShared();
  await fill();
  const rotated = { encryptionKey: [otherKey, encryptionKey] };
  const { get, reads } = join(rotated);
  expect(await get()).toBe("value-1");
  expect(sent()).toBe(1);
  server.clock.advance(minute);
  await get();
  await written(reads);
  expect(sent()).toBe(2);
  await join({ encryptionKey: otherKey }).get();
  await join(rotated).get();
  expect(sent()).toBe(2);
  await join({ encryptionKey }).get();
  expect(sent()).toBe(3);
});

test("a write of a process drops what the store has, and nobody who starts afterwards reads it", async () => {
  const { fill, join, location, sent } = await startShared();
  const { client, get, reads } = await fill();
  await client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect(await get()).toBe("value-2");
  await written(reads, 2);
  expect(await join().get()).toBe("value-2");
  expect(sent()).toBe(2);
});

test("a lease drops nothing that others keep", async () => {
  const { fill, join, sent } = await startShared();
  const { client } = await fill();
  const lease = client.request({ method: "POST", path: "/api/v1/dynamic-secrets/leases", body: {} });
  await failureOf(lease);
  expect(await join().get()).toBe("value-1");
  expect(sent()).toBe(1);
});

test.each(["clear", "invalidate"] as const)("%s drops what the store has", async (method) => {
  const { server, fill, join, location, sent } = await startShared();
  const { reads, get } = await fill();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  reads[method](location);
  expect(await get()).toBe("value-2");
  expect(sent()).toBe(2);
  await written(reads, 2);
  expect(await join().get()).toBe("value-2");
  expect(sent()).toBe(2);
});

test("a process that never read anything drops what the store has", async () => {
  const { server, fill, join, location } = await startShared();
  await fill();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  const { reads, get } = join();
  reads.invalidate(location);
  expect(await get()).toBe("value-2");
});

test("with two keys, a write drops what either of them can read", async () => {
  const { server, fill, join } = await startShared();
  await fill();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  const { reads, get } = join({ encryptionKey: [otherKey, encryptionKey] });
  reads.clear();
  expect(await get()).toBe("value-2");
});

test("a response that was requested before a write of another process does not come back by the store", async () => {
  const { server, join, fill } = await startShared();
  await fill();
  server.clock.advance(minute);
  let hold: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    hold = resolve;
  });
  let isHeld = false;
  const slow = join({
    inside: [
      async (request, next) => {
        const response = await next(request);
        isHeld = true;
        await held;
        return response;
      },
    ],
  });
  const read = slow.get();
  await expect.poll(() => isHeld).toBe(true);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  const { reads } = join();
  reads.clear();
  hold();
  expect(await read).toBe("value-1");
  await written(slow.reads);
  expect(await join().get()).toBe("value-2");
});

test.each([401, 403, 404])(
  "after a %i nothing of the store stands in, here or in a new process",
  async (status) => {
    const { server, fill, join } = await startShared({ staleIfError: "1h" });
    const { get } = await fill();
    server.clock.advance(minute);
    server.fail({ method: "GET", times: status === 401 ? 2 : 1 }, { status });
    expect((await failureOf(get())).statusCode).toBe(status);
    server.fail({ method: "GET", times: 2 }, { status: 503 });
    expect((await failureOf(get())).code).toBe("SERVER_ERROR");
    expect((await failureOf(join().get())).code).toBe("SERVER_ERROR");
  },
);

test("after a refused login, nothing fresh that others write is served until the server answers", async () => {
  const { server, fill, join } = await startShared({ staleIfError: "1h" });
  const { get } = await fill();
  server.clock.advance(minute);
  server.tokens.revoke();
  server.fail({ method: "POST", path: /login$/ }, { status: 401 });
  expect((await failureOf(get())).code).toBe("AUTH_FAILED");
  await fill();
  expect((await failureOf(get())).code).toBe("AUTH_FAILED");
  server.clock.advance(50_000);
  expect(await get()).toBe("value-1");
  expect(await join().get()).toBe("value-1");
});

test("nothing in the store shows a name, a value, an address or an identity", async () => {
  const { server, store, siteUrl, location, fill } = await startShared();
  const { client, reads } = await fill();
  server.secrets.set({ environment: "dev", key: "DATABASE_PASSWORD", value: "correct horse battery" });
  await client.secrets().listSecrets(location);
  await written(reads, 2);
  const { clientId = "", name } = server.identities[0] ?? {};
  const all = JSON.stringify([...store.texts]);
  const spellings = (text: string) => [
    text,
    encodeURIComponent(text),
    btoa(text),
    btoa(text).replace(/=+$/, ""),
  ];
  for (const each of [
    "DATABASE_PASSWORD",
    "correct horse battery",
    "value-1",
    siteUrl,
    clientId,
    name ?? "",
    "secrets/raw",
  ]) {
    for (const spelling of spellings(each)) expect(all).not.toContain(spelling);
  }
  expect(all).not.toContain(location.projectId);
  expect(store.entries()).toHaveLength(2);
  for (const [key] of store.texts) expect(key).toMatch(/^infisical-cache-1-[\da-f]{64}(?:-claim)?$/);
});
