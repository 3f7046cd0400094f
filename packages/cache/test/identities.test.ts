import { expect, test } from "vitest";
import {
  clientOf,
  collectGarbage,
  failureOf,
  getValue,
  placeOf,
  start,
  statuses,
  strategyOf,
} from "./support.ts";

test("two identities of a client never share an entry", async () => {
  const { server, client, get } = await start();
  await get();
  await client.auth().login(strategyOf(server, 1));
  server.fail({ method: "GET" }, { status: 403 });
  expect((await failureOf(get())).code).toBe("FORBIDDEN");
  expect(statuses(server)).toEqual([200, 403]);
});

test("entries vanish with their identity: they are not back when it is", async () => {
  const { server, client, reads, get } = await start();
  await get();
  await client.auth().login(strategyOf(server, 1));
  await client.auth().login(strategyOf(server, 0));
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
  expect(reads.stats()).toMatchObject({ entries: 1, hits: 0 });
});

test("entries vanish with a revoked token, and with a token from elsewhere", async () => {
  const { server, client, get } = await start();
  await get();
  await client.auth().revoke();
  await get();
  client.auth().accessToken("from-elsewhere");
  expect((await failureOf(get())).code).toBe("UNAUTHORIZED");
  expect(statuses(server)).toEqual([200, 200, 403]);
});

test("entries stay while the identity does: a new login and a renewal change nothing", async () => {
  const { server, client, get } = await start();
  await get();
  await client.auth().login();
  await client.auth().renew();
  await get();
  expect(statuses(server)).toEqual([200]);
});

test("a response that arrives after a switch is not the next identity's", async () => {
  const { server, client, get } = await start();
  server.fail({ method: "GET" }, { delay: 1000 });
  const late = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  await client.auth().login(strategyOf(server, 1));
  server.clock.advance(1000);
  expect(await late).toBe("value-1");
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("two clients with one cache never share an entry, and a write of one is seen by the other", async () => {
  const { server, siteUrl, reads, client, get } = await start();
  const other = clientOf(server, siteUrl, [reads]);
  await get();
  await getValue(other, server);
  expect(statuses(server)).toEqual([200, 200]);
  await client.secrets().updateSecret("A", { ...placeOf(server), secretValue: "value-2" });
  expect(await getValue(other, server)).toBe("value-2");
});

test("nothing holds the values of an identity that has gone", async () => {
  const { server, client, place } = await start();
  const read = async () => new WeakRef(await client.secrets().getSecret({ ...place, secretName: "A" }));
  const value = await read();
  collectGarbage();
  expect(value.deref()?.secretValue).toBe("value-1");
  await client.auth().login(strategyOf(server, 1));
  await expect
    .poll(() => {
      collectGarbage();
      return value.deref();
    })
    .toBeUndefined();
});
