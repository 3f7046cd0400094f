import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startCached, statuses } from "./start-cached.ts";

test("a caller cannot change what the next one gets", async () => {
  const { client, location } = await startCached();
  const first = await client.secrets().listSecrets(location);
  expect(() => (first.secrets as unknown[]).pop()).toThrow(TypeError);
  expect(() => Object.assign(first.secrets[0] ?? {}, { secretValue: "mine" })).toThrow(TypeError);
  expect(() => Object.assign(first.secrets[0]?.tags ?? {}, { 0: {} })).toThrow(TypeError);
  const second = await client.secrets().listSecrets(location);
  expect(second.secrets.map(({ secretValue }) => secretValue)).toEqual(["value-1"]);
});

test("a middleware gets the headers, and cannot change the response for the next read", async () => {
  const tags: (string | undefined)[] = [];
  const { get } = await startCached({
    outside: [
      async (request, next) => {
        const response = await next(request);
        tags.push(response.headers["etag"]);
        expect(() => Object.assign(response, { body: {} })).toThrow(TypeError);
        expect(() => Object.assign(response.headers, { etag: "another" })).toThrow(TypeError);
        return response;
      },
    ],
  });
  await get();
  await get();
  expect(tags[0]).toMatch(/^".+"$/);
  expect(tags[1]).toBe(tags[0]);
});

test("a caller can change its own merged list", async () => {
  const { client, location } = await startCached();
  (await client.secrets().listSecretsWithImports(location)).reverse().pop();
  expect(await client.secrets().listSecretsWithImports(location)).toHaveLength(1);
});

test("secrets from memory are attached to process.env too", async () => {
  const { server, client, location } = await startCached();
  const attach = () => client.secrets().listSecrets({ ...location, attachToProcessEnv: true });
  server.secrets.set({ environment: "dev", key: "CACHE_TEST_ATTACHED", value: "yes" });
  onTestFinished(() => {
    delete process.env["A"];
    delete process.env["CACHE_TEST_ATTACHED"];
  });
  await attach();
  delete process.env["CACHE_TEST_ATTACHED"];
  await attach();
  expect(process.env["CACHE_TEST_ATTACHED"]).toBe("yes");
  expect(statuses(server)).toEqual([200]);
});

test("the least recently used response is evicted first", async () => {
  const { server, client, reads, location } = await startCached({ cache: { maxEntries: 2 } });
  const read = async (key: string) => {
    server.secrets.set({ environment: "dev", key, value: "v" });
    await client.secrets().getSecret({ ...location, secretName: key });
  };
  for (const key of ["A", "B", "B", "A", "C", "A", "C"]) await read(key);
  expect(reads.stats()).toMatchObject({ entries: 2, evictions: 1, requests: 3, hits: 4 });
  await read("B");
  expect(reads.stats()).toMatchObject({ entries: 2, evictions: 2, requests: 4 });
});

test("no printed form of a cache contains a value", async () => {
  const { client, reads, get } = await startCached();
  await get();
  for (const each of [reads, reads.stats(), client]) {
    const printed = [inspect(each, { depth: null, showHidden: true }), JSON.stringify(each), String(each)];
    expect(printed.join()).not.toContain("value-1");
  }
});
