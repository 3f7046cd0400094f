import type { ApiResponse, HttpRequest, Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { raw, startCached, statuses } from "./start-cached.ts";

const answered: Middleware = async ({ query }) => ({
  status: 200,
  headers: {},
  body: { secrets: [], query: { ...query } },
});

/** A request, and one that may get another response. */
const different: [string, Partial<HttpRequest>, Partial<HttpRequest>][] = [
  ["path", {}, { path: "/api/other" }],
  ["query value", { query: { a: "1" } }, { query: { a: "2" } }],
  ["query name", { query: { a: "1" } }, { query: { b: "1" } }],
  ["further query field", { query: { a: "1" } }, { query: { a: "1", b: "2" } }],
  ["missing query", { query: { a: "1" } }, {}],
  ["query field named like a property of every object", {}, { query: { constructor: "1" } }],
  ["query that looks alike when it is joined", { query: { a: "1", b: "2" } }, { query: { a: "1&b=2" } }],
  ["header", { headers: { accept: "text/plain" } }, { headers: { accept: "application/json" } }],
  ["custom header", {}, { headers: { "x-tenant": "b" } }],
  ["expectation", { expect: { secrets: "array" } }, { expect: { secret: "array" } }],
  [
    "nested expectation",
    { expect: { secrets: [{ a: "string" }] } },
    { expect: { secrets: [{ b: "string" }] } },
  ],
  [
    "further field of the expectation",
    { expect: { secrets: "array" } },
    { expect: { secrets: "array", imports: "array" } },
  ],
  ["missing expectation", { expect: { secrets: "array" } }, {}],
  ["list of expectations", { expect: [{ secrets: "array" }] }, { expect: [{ secrets: "object" }] }],
];

test.each(different)("another %s is another read", async (_, one, other) => {
  const { client, reads } = await startCached({ inside: [answered] });
  const read = (changes: Partial<HttpRequest>) =>
    client.request({ method: "GET", path: "/api/a", ...changes });
  await read(one);
  await read(other);
  await read(one);
  await read(other);
  expect(reads.stats()).toMatchObject({ requests: 2, hits: 2, entries: 2 });
});

const same: [string, Partial<HttpRequest>, Partial<HttpRequest>][] = [
  ["order of the query", { query: { a: "1", b: true } }, { query: { b: true, a: "1" } }],
  ["order of the headers", { headers: { a: "1", b: "2" } }, { headers: { b: "2", a: "1" } }],
  ["field that is undefined", { query: { a: "1", b: undefined } }, { query: { a: "1" } }],
  ["empty query", { query: {} }, {}],
  [
    "copy of a nested expectation",
    { expect: { secrets: [{ a: "string" }], query: { "b?": "string" } } },
    { expect: { query: { "b?": "string" }, secrets: [{ a: "string" }] } },
  ],
  ["copy of the expectation", { expect: [{ secrets: "array" }] }, { expect: [{ secrets: "array" }] }],
];

test.each(same)("another %s is the same read", async (_, one, other) => {
  const { client, reads } = await startCached({ inside: [answered] });
  await client.request({ method: "GET", path: "/api/a", ...one });
  await client.request({ method: "GET", path: "/api/a", ...other });
  expect(reads.stats()).toMatchObject({ requests: 1, hits: 1 });
});

test("a caller that mutates its query object does not change what was read with it", async () => {
  const { client } = await startCached({ inside: [answered] });
  const query = { page: 1 };
  const read = () => client.request({ method: "GET", path: "/api/a", query });
  await read();
  query.page = 2;
  expect(await read()).toMatchObject({ query: { page: 2 } });
});

test.each([
  ["", (shape: object) => shape],
  ["outer frozen ", (shape: object) => Object.freeze(shape)],
])("a caller that mutates its %sexpectation does not change what was read with it", async (_, made) => {
  const { client, reads } = await startCached({ inside: [answered] });
  const query = { page: "number" };
  const shape = made({ query }) as HttpRequest["expect"];
  const read = () => client.request({ method: "GET", path: "/api/a", query: { page: 1 }, expect: shape });
  await read();
  query.page = "string";
  await read();
  expect(reads.stats()).toMatchObject({ requests: 2, hits: 0 });
});

test("a text that is read as it arrives bypasses the cache", async () => {
  const { client, reads } = await startCached({ inside: [answered] });
  const read = () => client.request({ method: "GET", path: "/api/a", streamed: true });
  await read();
  await read();
  expect(reads.stats()).toMatchObject({ requests: 0, hits: 0, entries: 0 });
});

test.each(["if-none-match", "If-Modified-Since", "cache-control", "range"])(
  "a read with %s bypasses the cache: it is neither kept nor answered from memory",
  async (name) => {
    const { client, reads } = await startCached({ inside: [answered] });
    const read = (headers?: Record<string, string>) =>
      client.request({ method: "GET", path: "/api/a", headers });
    await read({ [name]: "x" });
    await read();
    await read({ [name]: "x" });
    await read();
    expect(reads.stats()).toMatchObject({ requests: 1, hits: 1, entries: 1 });
  },
);

test("a condition among other headers bypasses the cache, and a header whose name only begins like one does not", async () => {
  const { client, reads } = await startCached({ inside: [answered] });
  const read = (headers: Record<string, string>) =>
    client.request({ method: "GET", path: "/api/a", headers });
  await read({ "x-tenant": "b", "if-none-match": "x" });
  expect(reads.stats()).toMatchObject({ requests: 0, entries: 0 });
  await read({ "range-of-mine": "x" });
  expect(reads.stats()).toMatchObject({ requests: 1, entries: 1 });
});

test("a caller's own etag reaches the server, and the 304 reaches the caller", async () => {
  const responses: ApiResponse[] = [];
  const note: Middleware = async (request, next) => {
    const response = await next(request);
    responses.push(response);
    return response;
  };
  const { client, location } = await startCached({ outside: [note] });
  const query = { workspaceId: location.projectId, environment: "dev" };
  const list = (headers?: Record<string, string>) =>
    client.request({ method: "GET", path: raw, query, headers });
  await list();
  const etag = responses[0]?.headers["etag"] ?? "";
  expect(await list({ "if-none-match": etag })).toBeUndefined();
  expect(await list({ "if-none-match": '"another"' })).toEqual(await list());
  expect(responses.map(({ status }) => status)).toEqual([200, 304, 200, 200]);
});

test("a list can be revalidated by its etag through a cache, and a kept list has its etag", async () => {
  const { server, client, location } = await startCached();
  const list = (etag: string | undefined) => client.secrets().listSecretsIfChanged(location, etag);
  const { etag } = await list(undefined);
  expect(etag).toMatch(/^".+"$/);
  expect(await list(etag)).toEqual({ notModified: true, etag });
  expect(await list(undefined)).toMatchObject({ notModified: false, etag });
  expect(statuses(server)).toEqual([200, 304]);
});

test("a GET with a body is not kept", async () => {
  const { client, reads } = await startCached({ inside: [answered] });
  await client.request({ method: "GET", path: "/api/a", body: {} });
  expect(reads.stats()).toMatchObject({ requests: 0, entries: 0 });
});

test("a missing secret is requested each time", async () => {
  const { server, client, location } = await startCached();
  const missing = () => failureOf(client.secrets().getSecret({ ...location, secretName: "NO" }));
  expect((await missing()).code).toBe("NOT_FOUND");
  expect((await missing()).code).toBe("NOT_FOUND");
  expect(statuses(server)).toEqual([404, 404]);
});

test.each([
  "/api/v1/dynamic-secrets/db",
  "/api/v1/dynamic-secrets",
  "/api/v1/dynamic-secrets/db/leases",
  "/api/v1/dynamic-secrets/leases/l1",
  "/api/v2/dynamic-secrets/db",
])("dynamic secrets and their leases are requested each time: %s", async (path) => {
  const { client, reads } = await startCached({ inside: [answered] });
  await client.request({ method: "GET", path });
  await client.request({ method: "GET", path });
  expect(reads.stats()).toMatchObject({ requests: 0, hits: 0, entries: 0 });
});

test("a static secret of a similar name is kept", async () => {
  const { client, reads } = await startCached({ inside: [answered] });
  const path = `${raw}/dynamic-secrets`;
  await client.request({ method: "GET", path });
  await client.request({ method: "GET", path });
  expect(reads.stats()).toMatchObject({ requests: 1, hits: 1 });
});
