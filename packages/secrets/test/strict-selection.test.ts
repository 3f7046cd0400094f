import { createClient, tokenAuth } from "@infisical/core";
import { expect, onTestFinished, test } from "vitest";
import { secrets } from "../src/index.ts";
import { startSecrets } from "./start-secrets.ts";
import { pairs } from "./summaries.ts";

/** A folder with its own LIB over an imported one that refers to nothing. */
const shadowed = {
  folders: { dev: ["/lib", "/later"] },
  secrets: {
    dev: {
      "/": { LIB: "own", A_STRICT_TEST: "fine" },
      "/lib": { LIB: "${NO}", BOTH: "${NO}" },
      "/later": { BOTH: "b" },
    },
  },
  imports: ["/lib", "/later"].map((path) => ({ environment: "dev", import: { environment: "dev", path } })),
};

test("an imported secret that another one replaces in the result is not checked", async () => {
  const { api, location } = await startSecrets(shadowed);
  const strictly = { ...location, strict: true };
  const merged = await api.listSecretsWithImports(strictly);
  expect(pairs(merged)).toEqual({ LIB: "own", A_STRICT_TEST: "fine", BOTH: "b" });
  const { secrets } = await api.getSecrets({
    ...strictly,
    secretNames: ["LIB", "BOTH"],
    includeImports: true,
  });
  expect(pairs(secrets)).toEqual({ LIB: "own", BOTH: "b" });
  // A list with its imports contains both.
  await expect(api.listSecrets({ ...strictly, includeImports: true })).rejects.toThrow(
    "LIB (${NO}); BOTH (${NO})",
  );
});

test("with attachToProcessEnv.only, the secrets to attach are checked, and no others", async () => {
  const { server, api, location } = await startSecrets(shadowed);
  server.secrets.set({ environment: "dev", key: "LOST", value: "${NO}" });
  onTestFinished(() => {
    delete process.env["A_STRICT_TEST"];
  });
  const attach = (...only: string[]) =>
    api.listSecrets({ ...location, includeImports: true, strict: true, attachToProcessEnv: { only } });
  expect((await attach("A_STRICT_TEST")).attached?.set).toEqual(["A_STRICT_TEST"]);
  await expect(attach("A_STRICT_TEST", "LOST")).rejects.toThrow("read: LOST (${NO}).");
});

test("getSecrets without names checks the folder", async () => {
  const { api, location } = await startSecrets(shadowed);
  const get = (secretPath: string, strict: boolean) =>
    api.getSecrets({ ...location, secretPath, secretNames: [], strict });
  await expect(get("/nope", true)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await get("/lib", true)).toEqual({ secrets: [], missing: [] });
  expect(await get("/nope", false)).toEqual({ secrets: [], missing: [] });
});

test("properties that all objects inherit do not change what is read to check references", async () => {
  const urls: string[] = [];
  const body = JSON.stringify({ secrets: [{ secretKey: "A", secretValue: "a" }] });
  const client = createClient({
    auth: tokenAuth({ token: "a-token" }),
    plugins: [secrets()],
    transport: async ({ url }) => {
      urls.push(url);
      return { status: 200, headers: {}, body };
    },
  });
  const list = () => client.secrets().listSecrets({ projectId: "p", environment: "dev", strict: true });
  await list();
  const expected = urls.splice(0);
  expect(expected).toHaveLength(2);
  const pairs = [{ key: "k", value: "v" }];
  const inherited = { viewSecretValue: false, tagSlugs: ["x"], recursive: true, metadataFilter: pairs };
  onTestFinished(() => {
    for (const name of Object.keys(inherited)) Reflect.deleteProperty(Object.prototype, name);
  });
  for (const [name, value] of Object.entries(inherited))
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  await list();
  expect(urls).toEqual(expected);
});

test("getSecrets checks the named secrets only", async () => {
  const { api, location } = await startSecrets({
    secrets: { dev: { "/": { GOOD: "${OTHER}", OTHER: "o", BAD: "${NO}" } } },
  });
  const get = (...secretNames: string[]) => api.getSecrets({ ...location, secretNames, strict: true });
  expect(pairs((await get("GOOD", "MISSING")).secrets)).toEqual({ GOOD: "o" });
  await expect(get("GOOD", "BAD")).rejects.toThrow("read: BAD (${NO}).");
});
