import { environmentAuth } from "@infisical/auth-env";
import { universalAuth } from "@infisical/auth-universal";
import { loadEnv } from "@infisical/env";
import { InfisicalSDK } from "@infisical/sdk";
import { secrets } from "@infisical/secrets";
import { expect, onTestFinished, test, vi } from "vitest";
import { start, strategyFor } from "#test-kit";

/** A server with secrets by folder, and a client of it. */
async function world(folders: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const { server, connect, siteUrl, projectId, location } = await start({
    server: {
      projects: [
        {
          name: "Shop",
          slug: "shop",
          environments: [{ name: "dev", slug: "dev" }],
          secrets: { dev: folders },
        },
      ],
      identities: [{ name: "app", projectRoles: { shop: "admin" }, universalAuth: {} }],
    },
  });
  const client = connect({ plugins: [secrets()] });
  return { server, siteUrl, projectId, client, at: { client, ...location } };
}

function setVariables(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test("of several folders the last one counts, of subfolders the nearest one", async () => {
  const { at } = await world({
    "/": { A: "root", B: "root" },
    "/api": { A: "api", C: "api" },
    "/api/deep": { C: "deep", D: "deep" },
  });
  const { env } = await loadEnv({ ...at, secretPath: ["/", "api"], recursive: true });
  expect(env).toEqual({ A: "api", B: "root", C: "api", D: "deep" });
  expect((await loadEnv({ ...at, secretPath: ["/api", "/"] })).env).toEqual({
    A: "root",
    B: "root",
    C: "api",
  });
});

test("what a folder imports is read, but not with includeImports: false", async () => {
  const { at, server, projectId } = await world({
    "/": { A: "own" },
    "/shared": { A: "imported", B: "imported" },
  });
  const sdk = new InfisicalSDK({
    siteUrl: "https://any.test",
    auth: strategyFor(server),
    transport: server.transport,
  });
  await sdk.request({
    method: "POST",
    path: "/api/v1/secret-imports",
    body: {
      workspaceId: projectId,
      environment: "dev",
      path: "/",
      import: { environment: "dev", path: "/shared" },
    },
  });
  expect((await loadEnv(at)).env).toEqual({ A: "own", B: "imported" });
  expect((await loadEnv({ ...at, includeImports: false })).env).toEqual({ A: "own" });
});

test("an InfisicalSDK is a client, and stays open", async () => {
  const { at, server } = await world({ "/": { A: "1" } });
  const client = new InfisicalSDK({ auth: strategyFor(server), transport: server.transport });
  expect((await loadEnv({ ...at, client })).env).toEqual({ A: "1" });
  expect((await loadEnv({ ...at, client })).report).toMatchObject({ count: 1, from: "server" });
});

test("what is left out is read from variables", async () => {
  const { siteUrl, projectId, server } = await world({ "/a": { A: "1" }, "/b": { B: "2" } });
  const { clientId, clientSecret } = server.credentials();
  setVariables({
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_PROJECT_ID: projectId,
    INFISICAL_ENVIRONMENT: "dev",
    INFISICAL_SECRET_PATH: " /a , /b ",
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
    ENV_TEST_A: "mine",
  });
  const { env, report } = await loadEnv();
  expect(env).toEqual({ A: "1", B: "2" });
  expect(report.place).toBe(`project ${projectId}, environment dev, /a, /b of ${siteUrl}`);
  await expect(loadEnv({ environment: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("process.env is written only with writeTo, and existing variables count", async () => {
  const { at } = await world({ "/": { ENV_TEST_A: "secret", ENV_TEST_B: "secret" } });
  setVariables({ ENV_TEST_A: "mine" });
  onTestFinished(() => void delete process.env["ENV_TEST_B"]);
  const only = await loadEnv(at);
  expect(only.env).toEqual({ ENV_TEST_A: "mine", ENV_TEST_B: "secret" });
  expect(only.variables).toEqual({ ENV_TEST_B: "secret" });
  expect(process.env["ENV_TEST_B"]).toBeUndefined();
  await loadEnv({ ...at, writeTo: true });
  expect(process.env).toMatchObject({ ENV_TEST_A: "mine", ENV_TEST_B: "secret" });
  const { report } = await loadEnv({ ...at, writeTo: true, override: true });
  expect(process.env["ENV_TEST_A"]).toBe("secret");
  expect(report).toMatchObject({ count: 2, kept: 0, skipped: 0 });
});

test("names that steer the process or are unusual are counted, and accepted by name", async () => {
  const { at } = await world({
    "/": {
      GOOD: "1",
      NODE_OPTIONS: "a",
      LD_PRELOAD: "b",
      https_proxy: "c",
      "my-name": "d",
      "1ST": "e",
      INFISICAL_TOKEN: "f",
    },
  });
  const { env, report } = await loadEnv(at);
  expect(env).toEqual({ GOOD: "1" });
  expect(report).toMatchObject({ count: 1, skipped: 6 });
  expect([...report.steering].sort()).toEqual([
    "INFISICAL_TOKEN",
    "LD_PRELOAD",
    "NODE_OPTIONS",
    "https_proxy",
  ]);
  const allowed = await loadEnv({ ...at, allow: ["https_proxy", "my-name"] });
  expect(allowed.env).toEqual({ GOOD: "1", https_proxy: "c", "my-name": "d" });
});

test("on Windows, names that differ in case are one variable", async () => {
  const { at } = await world({ "/": { db_url: "lower", DB_URL: "upper", Path: "steers" } });
  const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
  Object.defineProperty(process, "platform", { ...platform, value: "win32" });
  onTestFinished(() => void Object.defineProperty(process, "platform", platform));
  const { env, report } = await loadEnv(at);
  expect(Object.keys(env)).toHaveLength(1);
  expect(report).toMatchObject({ count: 1, skipped: 2, steering: ["Path"] });
  setVariables({ DB_URL: "mine" });
  expect(Object.values((await loadEnv(at)).env)).toEqual(["mine"]);
});

test("a report tells counts and places, and no name of a good secret and no value", async () => {
  const { at } = await world({ "/": { DATABASE_URL: "postgres://hunter2" } });
  const { report } = await loadEnv(at);
  expect(JSON.stringify(report)).not.toMatch(/DATABASE_URL|hunter2/);
});

test("a signal ends the call with its reason", async () => {
  const { at } = await world({ "/": {} });
  const reason = new Error("enough");
  await expect(loadEnv({ ...at, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each([
  [{ projectId: "" }, "projectId"],
  [{ secretPath: [] }, "secretPath"],
  [{ secretPath: "a//b" }, "secretPath"],
  [{ schema: 5 }, "schema"],
  [{ schema: { A: {} } }, "schema.A"],
  [{ timeout: 0 }, "timeout"],
  [{ allow: "A" }, "allow"],
  [{ client: {} }, "client"],
  [{ fallback: "file" }, "fallbackKey"],
  [{ fallback: "file", fallbackKey: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }, "fallbackKey"],
  [{ writeTo: "process.env" }, "writeTo"],
  [{ writeto: true }, "writeTo"],
])("an option that breaks a rule is named: %o", async (options, name) => {
  const { at } = await world({ "/": {} });
  await expect(loadEnv({ ...at, ...options } as never)).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringContaining(name),
  });
});

test("a client and a login of its own contradict each other", async () => {
  const { at } = await world({ "/": {} });
  const auth = universalAuth({ clientId: "a", clientSecret: "b" });
  await expect(loadEnv({ ...at, auth })).rejects.toThrow("auth");
  await expect(loadEnv({ ...at, siteUrl: "https://a.test" })).rejects.toThrow("siteUrl");
  expect(environmentAuth().name).toBe("environment");
});
