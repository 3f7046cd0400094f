import { assert, asyncProperty, constantFrom } from "fast-check";
import { describe, expect, test } from "vitest";
import { startTest } from "../support/api.ts";

const runs = { seed: 20260701, numRuns: 30 };

/** What `If-None-Match` can say about a known tag, and what is answered. */
const forms: readonly (readonly [form: (tag: string) => string, status: number])[] = [
  [(tag) => tag, 304],
  [(tag) => `W/${tag}`, 304],
  [() => "*", 200],
  [(tag) => `"x", ${tag}`, 200],
  [(tag) => `${tag}, "x"`, 200],
  [(tag) => tag.slice(1, -1), 200],
  [() => '"x"', 200],
  [() => "", 200],
];

describe.each([
  ["v3", "/api/v3/secrets/raw", "workspaceId"],
  ["v4", "/api/v4/secrets", "projectId"],
])("entity tags of lists of %s", (_version, path, project) => {
  test("a list is answered with 304 for its tag alone, strong or weak", async () => {
    const { api, server, projectId } = await startTest();
    server.secrets.set({ environment: "dev", key: "KEY", value: "v" });
    const query = { [project]: projectId, environment: "dev" };
    const tag = (await api("GET", path, { query })).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[\w-]+"$/);
    const run = asyncProperty(constantFrom(...forms), async ([form, expected]) => {
      const { status, headers } = await api("GET", path, { query, headers: { "if-none-match": form(tag) } });
      expect([form(tag), status]).toEqual([form(tag), expected]);
      expect(headers.get("etag")).toBe(tag);
    });
    await assert(run, runs);
  });

  test("the tag changes with a value that is referred to", async () => {
    const { api, server, projectId } = await startTest();
    server.secrets.set({ environment: "prod", key: "SOURCE", value: "1" });
    server.secrets.set({ environment: "dev", key: "REF", value: "${prod.SOURCE}" });
    const query = { [project]: projectId, environment: "dev", expandSecretReferences: "true" };
    const before = (await api("GET", path, { query })).headers.get("etag");
    server.secrets.set({ environment: "prod", key: "SOURCE", value: "2" });
    expect((await api("GET", path, { query })).headers.get("etag")).not.toBe(before);
  });
});
