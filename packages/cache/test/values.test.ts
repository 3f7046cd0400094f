import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { start, statuses } from "./support.ts";

test("what is handed out cannot be changed for the next one", async () => {
  const { client, place } = await start();
  const first = await client.secrets().listSecrets(place);
  expect(() => (first.secrets as unknown[]).pop()).toThrow(TypeError);
  expect(() => Object.assign(first.secrets[0] ?? {}, { secretValue: "mine" })).toThrow(TypeError);
  expect(() => Object.assign(first.secrets[0]?.tags ?? {}, { 0: {} })).toThrow(TypeError);
  const second = await client.secrets().listSecrets(place);
  expect(second.secrets.map(({ secretValue }) => secretValue)).toEqual(["value-1"]);
});

test("a middleware gets the headers, and cannot change the response for the next read", async () => {
  const tags: (string | undefined)[] = [];
  const { get } = await start({
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

test("a caller's own merged list may be changed", async () => {
  const { client, place } = await start();
  (await client.secrets().listSecretsWithImports(place)).reverse().pop();
  expect(await client.secrets().listSecretsWithImports(place)).toHaveLength(1);
});

test("secrets are attached to process.env from memory too", async () => {
  const { server, client, place } = await start();
  const attach = () => client.secrets().listSecrets({ ...place, attachToProcessEnv: true });
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

test("the response that was not used for longest goes first", async () => {
  const { server, client, reads, place } = await start({ cache: { maxEntries: 2 } });
  const read = async (key: string) => {
    server.secrets.set({ environment: "dev", key, value: "v" });
    await client.secrets().getSecret({ ...place, secretName: key });
  };
  for (const key of ["A", "B", "B", "A", "C", "A", "C"]) await read(key);
  expect(reads.stats()).toMatchObject({ entries: 2, evictions: 1, requests: 3, hits: 4 });
  await read("B");
  expect(reads.stats()).toMatchObject({ entries: 2, evictions: 2, requests: 4 });
});

test("nothing that can be printed of a cache shows a value", async () => {
  const { client, reads, get } = await start();
  await get();
  for (const each of [reads, reads.stats(), client]) {
    const printed = [inspect(each, { depth: null, showHidden: true }), JSON.stringify(each), String(each)];
    expect(printed.join()).not.toContain("value-1");
  }
});
