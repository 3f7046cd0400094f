import type { ProjectSeed } from "@infisical/test-server";
import { expect, test } from "vitest";
import { mergeImports } from "../src/results.ts";
import { startSecrets, versions } from "./start-secrets.ts";
import { lastRequest, pairs } from "./summaries.ts";

const shop: Partial<ProjectSeed> = {
  folders: { dev: ["/one", "/two", "/nested"] },
  secrets: {
    dev: {
      "/": { OWN: "own" },
      "/one": { OWN: "no", BOTH: "one", ONE: "1" },
      "/two": { OWN: "no", BOTH: "two", TWO: "2" },
      "/nested": { TWO: "no", DEEP: "3" },
    },
  },
  imports: [
    { environment: "dev", path: "/", import: { environment: "dev", path: "/one" } },
    { environment: "dev", path: "/", import: { environment: "dev", path: "/two" } },
    { environment: "dev", path: "/two", import: { environment: "dev", path: "/nested" } },
  ],
};

test.each(versions)(
  "own secrets come first and win, among imports the last one wins, as in the server's own get ($apiVersion)",
  async ({ apiVersion }) => {
    const { api, location } = await startSecrets(shop, apiVersion);
    const merged = await api.listSecretsWithImports(location);
    expect(pairs(merged)).toEqual({ OWN: "own", BOTH: "two", TWO: "2", DEEP: "3", ONE: "1" });
    expect(merged[0]?.secretKey).toBe("OWN");
    expect(merged).not.toHaveProperty("skippedNames");
    for (const { secretKey, secretValue } of merged) {
      const got = await api.getSecret({ ...location, secretName: secretKey, includeImports: true });
      expect(got.secretValue).toBe(secretValue);
    }
  },
);

test("an imported secret is what the server sent plus the path of its import", async () => {
  const { api, location } = await startSecrets(shop);
  const { imports = [] } = await api.listSecrets({ ...location, includeImports: true });
  const merged = await api.listSecretsWithImports(location);
  const sent = imports[1]?.secrets.find(({ secretKey }) => secretKey === "TWO");
  expect(merged.find(({ secretKey }) => secretKey === "TWO")).toStrictEqual({ secretPath: "/two", ...sent });
  expect(sent).not.toHaveProperty("createdAt");
});

test("merging does not modify the response", () => {
  const own = Object.freeze([]);
  const secret = Object.freeze({ secretKey: "A" }) as never;
  const imports = [{ secretPath: "/one", environment: "dev", secrets: Object.freeze([secret]) }];
  const merged = mergeImports(own, Object.freeze(imports));
  expect(merged).toEqual([{ secretKey: "A", secretPath: "/one" }]);
  expect(imports).toHaveLength(1);
});

test("an imported secret that states its own path keeps it", () => {
  const secret = { secretKey: "A", secretPath: "/one/deeper" } as never;
  const merged = mergeImports([], [{ secretPath: "/one", environment: "dev", secrets: [secret] }]);
  expect(merged).toEqual([secret]);
});

test("several names are read with one list, and the missing ones are named", async () => {
  const { server, api, location } = await startSecrets(shop);
  const secretNames = ["TWO", "OWN", "NOPE", "OWN", " ONE "];
  const before = server.requests.length;
  const own = await api.getSecrets({ ...location, secretNames });
  expect([pairs(own.secrets), own.missing]).toEqual([{ OWN: "own" }, ["TWO", "NOPE", " ONE "]]);
  expect(lastRequest(server)).toMatchObject({ method: "GET", path: "/api/v3/secrets/raw" });
  const all = await api.getSecrets({ ...location, secretNames, includeImports: true });
  expect(all.secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue])).toEqual([
    ["TWO", "2"],
    ["OWN", "own"],
    ["ONE", "1"],
  ]);
  expect(all.missing).toEqual(["NOPE"]);
  // A login and two lists.
  expect(server.requests.length - before).toBe(3);
});

test("names in an unknown folder are NOT_FOUND, and an empty list of names sends no request", async () => {
  const { server, api, location } = await startSecrets(shop);
  const nowhere = api.getSecrets({ ...location, secretPath: "/gone", secretNames: ["A"] });
  await expect(nowhere).rejects.toMatchObject({ code: "NOT_FOUND" });
  const before = server.requests.length;
  expect(await api.getSecrets({ ...location, secretNames: [] })).toEqual({ secrets: [], missing: [] });
  expect(server.requests).toHaveLength(before);
});

test("names are looked up among shared secrets, as in a get", async () => {
  const { server, api, location } = await startSecrets(shop);
  const row = (type: string, secretValue: string) => ({ type, secretKey: "A", secretValue });
  server.fail(
    { path: "/api/v3/secrets/raw" },
    {
      status: 200,
      body: { secrets: [row("shared", "everybody's"), row("personal", "mine")] },
    },
  );
  const { secrets } = await api.getSecrets({ ...location, secretNames: ["A"] });
  expect(pairs(secrets)).toEqual({ A: "everybody's" });
});
