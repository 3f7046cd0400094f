import { array, assert, asyncProperty, constantFrom, integer, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { callRoute, secretRoutes, serverWithFolder } from "./secret-calls.ts";

const runs = { seed: 20260701, numRuns: 25 };

/** `/app/sub` with any number of slashes where there may be some. */
const spelling = tuple(
  integer({ min: 0, max: 2 }),
  integer({ min: 1, max: 3 }),
  integer({ min: 0, max: 3 }),
).map(([before, between, after]) =>
  ["/".repeat(before), "app", "/".repeat(between), "sub", "/".repeat(after)].join(""),
);

describe("paths of secrets", () => {
  test.each(secretRoutes)("$name treats every spelling of a path alike", async (route) => {
    const run = asyncProperty(spelling, async (secretPath) => {
      const { api, projectId } = await serverWithFolder();
      const other = await serverWithFolder();
      const key = route.method === "POST" ? "NEW" : "KEY";
      const spelled = await callRoute({ api, route }, key, { projectId, secretPath });
      const plain = await callRoute({ api: other.api, route }, key, {
        projectId: other.projectId,
        secretPath: "/app/sub",
      });
      expect(spelled.status).toBe(200);
      expect(withoutTimes(spelled.body)).toEqual(withoutTimes(plain.body));
    });
    await assert(run, runs);
  });

  test.each(secretRoutes)("$name takes no path and an empty one as the root", async (route) => {
    const { api, projectId, server } = await serverWithFolder();
    server.secrets.set({ environment: "dev", key: "ROOT", value: "v" });
    for (const secretPath of [undefined, "", "/", "//"]) {
      const key = route.method === "POST" ? `NEW${secretPath?.length ?? 9}` : "ROOT";
      const { status } = await callRoute({ api, route }, key, { projectId, secretPath });
      expect([secretPath, status]).toEqual([secretPath, 200]);
      if (route.method === "DELETE") server.secrets.set({ environment: "dev", key: "ROOT", value: "v" });
    }
  });

  test.each(secretRoutes)("$name refuses paths that no folder can have", async (route) => {
    const { api, projectId } = await serverWithFolder();
    const odd = array(constantFrom("a", " ", ".", "é", "%"), { minLength: 2, maxLength: 5 })
      .map((characters) => `/${characters.join("")}x`)
      .filter((path) => /[^a-zA-Z0-9-_/]/.test(path));
    const run = asyncProperty(odd, async (secretPath) => {
      const { status } = await callRoute({ api, route }, "KEY", { projectId, secretPath });
      expect(status).toBe(400);
    });
    await assert(run, runs);
  });
});

test("spellings differ", () => {
  assert(
    property(spelling, (path) => /app\/+sub/.test(path)),
    runs,
  );
});

/** Two servers have the same ids, but not the same time. */
function withoutTimes(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (key, value) => (/At$/.test(key) ? undefined : value)));
}
