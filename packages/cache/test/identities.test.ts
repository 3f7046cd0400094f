import { expect, test } from "vitest";
import { failureOf, strategyFor } from "#test-kit";
import { collectGarbage } from "./collect-garbage.ts";
import { readA, startCached, statuses } from "./start-cached.ts";

test("two identities of a client never share an entry", async () => {
  const { server, client, get } = await startCached();
  await get();
  await client.auth().login(strategyFor(server, { identity: 1 }));
  server.fail({ method: "GET" }, { status: 403 });
  expect((await failureOf(get())).code).toBe("FORBIDDEN");
  expect(statuses(server)).toEqual([200, 403]);
});

test("entries vanish with their identity, and do not come back with it", async () => {
  const { server, client, reads, get } = await startCached();
  await get();
  await client.auth().login(strategyFor(server, { identity: 1 }));
  await client.auth().login(strategyFor(server));
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
  expect(reads.stats()).toMatchObject({ entries: 1, hits: 0 });
});

test("entries vanish when the token is revoked, or replaced by one from elsewhere", async () => {
  const { server, client, get } = await startCached();
  await get();
  await client.auth().revoke();
  await get();
  client.auth().accessToken("from-elsewhere");
  expect((await failureOf(get())).code).toBe("UNAUTHORIZED");
  expect(statuses(server)).toEqual([200, 200, 403]);
});

test("entries stay as long as the identity: a new login and a renewal change nothing", async () => {
  const { server, client, get } = await startCached();
  await get();
  await client.auth().login();
  await client.auth().renew();
  await get();
  expect(statuses(server)).toEqual([200]);
});

test("a response that arrives after a switch is not kept for the next identity", async () => {
  const { server, client, get } = await startCached();
  server.fail({ method: "GET" }, { delay: 1000 });
  const late = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  await client.auth().login(strategyFor(server, { identity: 1 }));
  server.clock.advance(1000);
  expect(await late).toBe("value-1");
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("two clients with one cache never share an entry, and each sees the other's writes", async () => {
  const { server, reads, client, get, connectThrough, location } = await startCached();
  const other = connectThrough([reads]);
  await get();
  await readA(other, location);
  expect(statuses(server)).toEqual([200, 200]);
  await client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect(await readA(other, location)).toBe("value-2");
});

test("the values of a previous identity can be garbage-collected", async () => {
  const { server, client, location } = await startCached();
  const read = async () => new WeakRef(await client.secrets().getSecret({ ...location, secretName: "A" }));
  const value = await read();
  collectGarbage();
  expect(value.deref()?.secretValue).toBe("value-1");
  await client.auth().login(strategyFor(server, { identity: 1 }));
  await expect
    .poll(() => {
      collectGarbage();
      return value.deref();
    })
    .toBeUndefined();
});
