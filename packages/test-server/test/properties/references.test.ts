// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Infisical's references have this form.
import { assert, asyncProperty, constantFrom, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { startTest } from "../support/api.ts";

const runs = { seed: 20260701, numRuns: 40 };
const around = string({ unit: constantFrom("a", "-", "$", " ", "}", "é"), maxLength: 6 }).map(
  (text) => `[${text}]`,
);
const nothing = constantFrom("NOPE", "dev.NOPE", "nope.KEY", "dev.nope.KEY", "nope.x.Y", "prod.a.b.KEY");

async function expanded(value: string): Promise<string[]> {
  const { api, server, projectId } = await startTest();
  server.secrets.set({ environment: "dev", key: "KEY", value: "known" });
  server.secrets.set({ environment: "dev", key: "REF", value });
  const query = { workspaceId: projectId, environment: "dev", expandSecretReferences: "true" };
  const one = await api("GET", "/api/v3/secrets/raw/REF", { query });
  const all = await api("GET", "/api/v3/secrets/raw", { query });
  const listed = all.body.secrets.find((secret: { secretKey: string }) => secret.secretKey === "REF");
  return [one.body.secret.secretValue, listed.secretValue];
}

describe("references", () => {
  test("a reference to nothing is replaced by nothing, alone and in a list", async () => {
    const run = asyncProperty(around, nothing, around, async (before, name, after) => {
      const value = `${before}\${${name}}${after}`;
      expect(await expanded(value)).toEqual([before + after, before + after]);
    });
    await assert(run, runs);
  });

  test("a reference to a secret is replaced by its value, whatever is around it", async () => {
    const run = asyncProperty(around, constantFrom("KEY", "dev.KEY"), around, async (before, name, after) => {
      const value = `${before}\${${name}}${after}`;
      expect(await expanded(value)).toEqual([`${before}known${after}`, `${before}known${after}`]);
    });
    await assert(run, runs);
  });

  test.each(["${ KEY }", "${KEY }", "${}", "$KEY", "$${ KEY}"])("%s is not a reference", async (value) => {
    expect(await expanded(value)).toEqual([value, value]);
  });
});
