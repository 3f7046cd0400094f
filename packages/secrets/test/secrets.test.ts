import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { createTestServer, type TestServer, type TestServerOptions } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { secrets } from "../src/index.ts";

const raw = "/api/v3/secrets/raw";

async function start(seed?: TestServerOptions) {
  const server = createTestServer(seed);
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const client = createClient({
    siteUrl,
    auth: universalAuth({ clientId, clientSecret }),
    plugins: [secrets()],
  });
  const place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };
  return { server, api: client.secrets(), place };
}

function lastRequest(server: TestServer) {
  const { method, path, query, body } = server.requests.at(-1) ?? {};
  return { method, path, query, body };
}

const identity = {
  name: "admin",
  organizationRole: "admin",
  projectRoles: { shop: "admin" },
  universalAuth: {},
} as const;

test("a list sends every flag, in the spelling of its route", async () => {
  const { server, api, place } = await start();
  await api.listSecrets(place);
  expect(lastRequest(server)).toEqual({
    method: "GET",
    path: raw,
    query: {
      workspaceId: place.projectId,
      environment: "dev",
      secretPath: "/",
      expandSecretReferences: "true",
      viewSecretValue: "true",
      include_imports: "false",
      recursive: "false",
    },
    body: undefined,
  });
  await api.listSecrets({
    ...place,
    includeImports: true,
    recursive: true,
    viewSecretValue: false,
    tagSlugs: ["a"],
    tagFilters: ["b", "a"],
  });
  expect(lastRequest(server).query).toMatchObject({
    include_imports: "true",
    recursive: "true",
    viewSecretValue: "false",
    tagSlugs: "a,b",
  });
});

test("a get sends the name in the path and the import flag as the server spells it", async () => {
  const { server, api, place } = await start();
  server.secrets.set({ environment: "dev", key: "a/b c", value: "v" });
  expect(
    (await api.getSecret({ ...place, secretName: "a/b c", includeImports: true, version: 1 })).secretValue,
  ).toBe("v");
  expect(lastRequest(server)).toMatchObject({
    path: `${raw}/a%2Fb%20c`,
    query: { include_imports: "true", version: "1", secretPath: "/" },
  });
  expect(lastRequest(server).query).not.toHaveProperty("secretName");
});

test("a create sends all that it was given", async () => {
  const { server, api, place } = await start();
  const fields = {
    secretValue: "line one\nline two\n",
    secretComment: "c",
    secretReminderNote: "n",
    secretReminderRepeatDays: 3,
    skipMultilineEncoding: true,
    tagIds: [],
    type: "shared",
    metadata: { a: "b" },
    secretMetadata: [{ key: "k", value: "v" }],
  } as const;
  await api.createSecret("FULL", { ...place, ...fields });
  expect(lastRequest(server)).toEqual({
    method: "POST",
    path: `${raw}/FULL`,
    query: {},
    body: { workspaceId: place.projectId, environment: "dev", secretPath: "/", ...fields },
  });
  const read = await api.getSecret({ ...place, secretName: "FULL" });
  expect(read.secretValue).toBe(fields.secretValue);
  expect(read.secretMetadata).toMatchObject(fields.secretMetadata);
});

test("own secrets come first and win, among imports the last one wins, as in the server's own get", async () => {
  const { api, place } = await start({
    projects: [
      {
        name: "Shop",
        slug: "shop",
        environments: [{ name: "dev", slug: "dev" }],
        folders: { dev: ["/one", "/two"] },
        secrets: {
          dev: {
            "/": { OWN: "own" },
            "/one": { OWN: "no", BOTH: "one", ONE: "1" },
            "/two": { OWN: "no", BOTH: "two", TWO: "2" },
          },
        },
        imports: [
          { environment: "dev", path: "/", import: { environment: "dev", path: "/one" } },
          { environment: "dev", path: "/", import: { environment: "dev", path: "/two" } },
        ],
      },
    ],
    identities: [identity],
  });
  const merged = await api.listSecretsWithImports(place);
  const values = Object.fromEntries(merged.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
  expect(values).toEqual({ OWN: "own", BOTH: "two", TWO: "2", ONE: "1" });
  expect(merged[0]?.secretKey).toBe("OWN");
  expect(merged.find(({ secretKey }) => secretKey === "TWO")?.secretPath).toBe("/two");
  const got = await api.getSecret({ ...place, secretName: "BOTH", includeImports: true });
  expect(got.secretValue).toBe("two");
  expect(merged.filter(({ secretKey }) => secretKey === "ONE")[0]).not.toHaveProperty("createdAt");
});

test("attachToProcessEnv keeps variables that exist, and leaves the result as it is", async () => {
  const { server, api, place } = await start();
  for (const [key, value] of [
    ["ATTACH_NEW", "new"],
    ["ATTACH_OLD", "no"],
    ["__proto__", "x"],
    ["A=B", "x"],
  ]) {
    server.secrets.set({ environment: "dev", key: key ?? "", value: value ?? "" });
  }
  vi.stubEnv("ATTACH_OLD", "old");
  onTestFinished(() => {
    vi.unstubAllEnvs();
    delete process.env["ATTACH_NEW"];
  });
  const { secrets: own } = await api.listSecrets({ ...place, attachToProcessEnv: true });
  expect(own).toHaveLength(4);
  expect(process.env["ATTACH_NEW"]).toBe("new");
  expect(process.env["ATTACH_OLD"]).toBe("old");
  expect({}).not.toHaveProperty("x");
});

test.each([".", ".."])("the name %j is refused before anything is sent", async (name) => {
  const { server, api, place } = await start();
  await expect(api.createSecret(name, { ...place, secretValue: "v" })).rejects.toThrow(
    /^secretName must not be/,
  );
  await expect(api.getSecret({ ...place, secretName: name })).rejects.toMatchObject({
    code: "INVALID_OPTION",
  });
  expect(server.requests).toHaveLength(0);
});

test("a reply without its secrets is an error, not undefined", async () => {
  const { server, api, place } = await start();
  server.fail({ path: raw }, { status: 200, body: { other: 1 } });
  await expect(api.listSecrets(place)).rejects.toMatchObject({ code: "INVALID_RESPONSE", statusCode: 200 });
});
