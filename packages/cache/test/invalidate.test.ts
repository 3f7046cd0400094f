import type { HttpRequest } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { cache } from "../src/index.ts";
import { readA, startCached, statuses } from "./start-cached.ts";

test("a value that was refused elsewhere is read once more, and kept again", async () => {
  const { server, reads, location, get } = await startCached();
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  reads.invalidate({ ...location, secretName: "A" });
  expect(reads.stats().entries).toBe(0);
  expect(await get()).toBe("value-2");
  expect(await get()).toBe("value-2");
  expect(statuses(server)).toEqual([200, 200]);
});

test("an invalidated value is never served after a failure", async () => {
  const { server, reads, location, get } = await startCached({
    cache: { staleIfError: "1h", staleWhileRevalidate: "1h" },
  });
  await get();
  reads.invalidate({ ...location, secretName: "A" });
  server.fail({ method: "GET" }, { status: 503 });
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});

test("reads in flight resolve, but are neither kept nor joined", async () => {
  const { server, reads, location, get } = await startCached();
  server.fail({ method: "GET" }, { delay: 1000 });
  const early = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  reads.invalidate({ ...location, secretName: "A" });
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
  server.clock.advance(1000);
  await early;
  expect(await get()).toBe("value-2");
  expect(reads.stats()).toMatchObject({ entries: 1, requests: 2, joined: 0, evictions: 0 });
});

test("a refetch during staleWhileRevalidate that began earlier is not kept", async () => {
  const { server, reads, location, get } = await startCached({ cache: { staleWhileRevalidate: "1h" } });
  await get();
  server.clock.advance(60_000);
  server.fail({ method: "GET" }, { delay: 1000 });
  await get();
  await expect.poll(() => statuses(server)).toHaveLength(2);
  reads.invalidate(location);
  server.clock.advance(1000);
  await expect.poll(() => statuses(server)).toEqual([200, 304]);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("every client of the cache asks again", async () => {
  const { server, reads, location, get, connectThrough } = await startCached();
  const other = connectThrough([reads]);
  await get();
  await readA(other, location);
  reads.invalidate({ ...location, secretName: "A" });
  await get();
  await readA(other, location);
  expect(statuses(server)).toEqual([200, 200, 200, 200]);
});

const here = { workspaceId: "p1", environment: "prod", secretPath: "/db" };
const plain = { ...here, expandSecretReferences: false, include_imports: false };
const v3 = "/api/v3/secrets/raw";

/** A read, and whether its response can contain DB_PASSWORD in /db of prod of the project p1. */
const readsOf: [string, Pick<HttpRequest, "path" | "query">, boolean][] = [
  ["the secret", { path: `${v3}/DB_PASSWORD`, query: here }, true],
  [
    "the secret on v4",
    { path: "/api/v4/secrets/DB_PASSWORD", query: { projectId: "p1", environment: "prod" } },
    true,
  ],
  ["the folder's list", { path: v3, query: plain }, true],
  ["a list with references", { path: v3, query: { ...here, environment: "dev" } }, true],
  [
    "a list with references, without imports",
    { path: v3, query: { ...here, environment: "dev", include_imports: false } },
    true,
  ],
  ["a name that cannot be decoded", { path: `${v3}/%ZZ`, query: plain }, true],
  ["another secret that may refer to it", { path: `${v3}/URL`, query: { ...here, secretPath: "/" } }, true],
  ["a list with imports", { path: v3, query: { ...plain, environment: "dev", include_imports: true } }, true],
  ["a recursive list from above", { path: v3, query: { ...plain, secretPath: "/", recursive: true } }, true],
  [
    "a list by the project's slug",
    { path: v3, query: { workspaceSlug: "web-shop", environment: "prod" } },
    true,
  ],
  ["a secret by its id", { path: `${v3}/id/5b1a` }, true],
  ["a route that nobody knows", { path: "/api/v9/everything", query: {} }, true],
  ["the secrets of imports", { path: "/api/v1/secret-imports/secrets", query: { workspaceId: "p1" } }, true],
  ["a project's snapshots", { path: "/api/v1/workspace/p1/secret-snapshots" }, true],
  ["a path that ends with a slash", { path: v3, query: { ...plain, secretPath: "/db/" } }, true],
  ["another project's list", { path: v3, query: { ...here, workspaceId: "p2" } }, false],
  ["another project's list on v4", { path: "/api/v4/secrets", query: { projectId: "p2" } }, false],
  ["another secret without references", { path: `${v3}/URL`, query: plain }, false],
  ["another environment without any", { path: v3, query: { ...plain, environment: "dev" } }, false],
  ["another folder without any", { path: v3, query: { ...plain, secretPath: "/db2" } }, false],
  [
    "a recursive list from elsewhere",
    { path: v3, query: { ...plain, secretPath: "/dbs", recursive: true } },
    false,
  ],
  [
    "a recursive list of a folder whose name begins alike",
    { path: v3, query: { ...plain, secretPath: "/d", recursive: true } },
    false,
  ],
  ["the folders", { path: "/api/v1/folders", query: { workspaceId: "p1", environment: "prod" } }, false],
  ["the project", { path: "/api/v1/workspace/p1" }, false],
  ["the tags", { path: "/api/v1/workspace/p1/tags" }, false],
  ["a key", { path: "/api/v1/kms/keys/k1" }, false],
];

test.each(readsOf)("%s", async (_, request, dropped) => {
  const { client, reads } = await startCached({
    inside: [async () => ({ status: 200, headers: {}, body: {} })],
  });
  const read = () => client.request({ method: "GET", ...request });
  await read();
  reads.invalidate({ projectId: "p1", environment: "prod", secretPath: "db", secretName: "DB_PASSWORD" });
  expect(reads.stats().entries).toBe(dropped ? 0 : 1);
  await read();
  expect(reads.stats()).toMatchObject({ requests: dropped ? 2 : 1, entries: 1 });
});

test("without a name, every secret of the folder is meant, and recursive lists from above hold them", async () => {
  const { client, reads } = await startCached({
    inside: [async () => ({ status: 200, headers: {}, body: {} })],
  });
  const queries: [string, HttpRequest["query"]][] = [
    [`${v3}/URL`, { ...plain, secretPath: "/app/db" }],
    [v3, { ...plain, secretPath: "/app", recursive: true }],
    [v3, { ...plain, secretPath: "/app" }],
  ];
  for (const [path, query] of queries) await client.request({ method: "GET", path, query });
  reads.invalidate({ projectId: "p1", environment: "prod", secretPath: "/app/db" });
  expect(reads.stats().entries).toBe(1);
});

test.each(["v3", "v4"] as const)(
  "what %s's plugin reads of a project is spelled as the cache reads it",
  async (apiVersion) => {
    const { connect, reads, location } = await startCached();
    const client = connect({ middleware: [reads], plugins: [secrets({ apiVersion })] });
    const plainly = { ...location, expandSecretReferences: false };
    const calls = [
      () => client.secrets().getSecret({ ...plainly, secretName: "A" }),
      () => client.secrets().listSecrets(plainly),
      () => client.secrets().listSecrets({ ...plainly, recursive: true }),
    ];
    for (const call of calls) await call();
    reads.invalidate({ ...location, environment: "prod", secretName: "A" });
    reads.invalidate({ ...location, secretPath: "/elsewhere", secretName: "A" });
    // Only the recursive list can contain secrets of other folders.
    expect(reads.stats().entries).toBe(2);
    reads.invalidate({ ...location, secretName: "B" });
    expect(reads.stats().entries).toBe(1);
    reads.invalidate({ ...location, projectId: "another" });
    expect(reads.stats().entries).toBe(1);
    reads.invalidate({ ...location, secretName: "A" });
    expect(reads.stats().entries).toBe(0);
  },
);

test.each([
  [
    undefined,
    /^options must be an object with projectId, environment, and optionally secretPath, secretName/,
  ],
  [{ environment: "dev" }, /^projectId must be a non-empty string/],
  [
    { projectId: "p", environment: "dev", secretname: "A" },
    /^secretname is not an option; did you mean secretName\?/,
  ],
  [{ workspaceId: "p", environment: "dev" }, /^workspaceId is not an option; did you mean projectId\?$/],
  [{ projectId: "p", environment: "dev", secretPath: "a//b" }, /^secretPath must have no empty part/],
])("the location %j is refused", (location, message) => {
  const { invalidate } = cache({ ttl: "1m" });
  expect(() => invalidate(location as never)).toThrow(message);
  expect(() => invalidate(location as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
});
