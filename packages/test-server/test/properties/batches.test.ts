import { array, assert, asyncProperty, constantFrom, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { startTest } from "../support/api.ts";

const runs = { seed: 20260701, numRuns: 40 };
const items = array(tuple(constantFrom("A", "B", "C"), constantFrom("1", "2", "3")), {
  minLength: 1,
  maxLength: 6,
});

describe.each([
  ["v3", "/api/v3/secrets/batch/raw", "workspaceId"],
  ["v4", "/api/v4/secrets/batch", "projectId"],
])("batches of %s", (_version, path, project) => {
  test.each(["POST", "PATCH"])("%s counts only the last of several items with one name", async (method) => {
    const run = asyncProperty(items, async (pairs) => {
      const { api, server, projectId } = await startTest();
      if (method === "PATCH")
        for (const key of ["A", "B", "C"]) server.secrets.set({ environment: "dev", key, value: "old" });
      const secrets = pairs.map(([secretKey, secretValue]) => ({ secretKey, secretValue }));
      const body = { [project]: projectId, environment: "dev", secrets };
      const response = await api(method, path, { body });
      expect(response.status).toBe(200);
      const last = Object.fromEntries(pairs);
      const answered = response.body.secrets.map((each: Record<string, unknown>) => [
        each["secretKey"],
        each["secretValue"],
      ]);
      expect(Object.fromEntries(answered)).toEqual(last);
      expect(answered).toHaveLength(Object.keys(last).length);
      for (const [key, value] of Object.entries(last)) {
        expect(server.secrets.get({ environment: "dev", key })).toBe(value);
      }
    });
    await assert(run, runs);
  });

  test("a refused batch changes nothing", async () => {
    const { api, server, projectId } = await startTest();
    server.secrets.set({ environment: "dev", key: "A", value: "old" });
    const place = { [project]: projectId, environment: "dev" };
    const value = (secretKey: string) => ({ secretKey, secretValue: "new" });
    const create = await api("POST", path, { body: { ...place, secrets: [value("B"), value("A")] } });
    expect([create.status, create.body.message]).toEqual([400, "Secret already exists: A"]);
    const update = await api("PATCH", path, { body: { ...place, secrets: [value("A"), value("B")] } });
    expect([update.status, update.body.message]).toEqual([404, "Secret does not exist: B in path /"]);
    expect(server.secrets.get({ environment: "dev", key: "A" })).toBe("old");
    expect(server.secrets.get({ environment: "dev", key: "B" })).toBeUndefined();
  });
});
