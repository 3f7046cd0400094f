import { assert, asyncProperty, constantFrom, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { startTest } from "../support/api.ts";
import { callRoute, secretRoutes } from "./secret-calls.ts";

const runs = { seed: 20260701, numRuns: 40 };
const creating = secretRoutes.filter(({ method }) => method === "POST");
const single = secretRoutes.filter(({ kind }) => kind !== "batch" && kind !== "list");
const word = string({ unit: constantFrom("a", "B", "7", "_", "-", " ", ".", "é"), maxLength: 8 });

describe("names of secrets", () => {
  test.each(creating)("$name refuses a name with a colon or a slash anywhere", async (route) => {
    const { api, projectId } = await startTest();
    const run = asyncProperty(word, constantFrom(":", "/"), word, async (before, mark, after) => {
      const { status, body } = await callRoute({ api, route }, `${before}${mark}${after}`, { projectId });
      expect(status).toBe(422);
      expect(JSON.stringify(body.message)).toContain("Secret name cannot contain colon or forward slash.");
    });
    await assert(run, runs);
  });

  test.each(creating)("$name refuses a name of blanks only", async (route) => {
    const { api, projectId } = await startTest();
    const blanks = string({ unit: constantFrom(" ", "\t", "\n"), minLength: 1, maxLength: 5 });
    const run = asyncProperty(blanks, async (name) => {
      expect((await callRoute({ api, route }, name, { projectId })).status).toBe(422);
    });
    await assert(run, runs);
  });

  test.each(creating)("$name removes blanks around a name", async (route) => {
    const { api, projectId } = await startTest();
    const { body } = await callRoute({ api, route }, "  NAME\t", { projectId });
    expect(body.secret ?? body.secrets[0]).toMatchObject({ secretKey: "NAME" });
  });

  test.each(single)("$name answers with 414 to names over 100 characters", async (route) => {
    const { api, projectId } = await startTest();
    for (const length of [101, 200, 600]) {
      const { status, body } = await callRoute({ api, route }, "N".repeat(length), { projectId });
      expect([length, status]).toEqual([length, 414]);
      expect(body).toEqual({
        error: "Bad Request",
        code: "FST_ERR_MAX_PARAM_LENGTH",
        message: expect.stringContaining("is exceeding the max param length"),
        statusCode: 414,
      });
    }
    expect((await callRoute({ api, route }, "N".repeat(100), { projectId })).status).not.toBe(414);
  });
});
