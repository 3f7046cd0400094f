import { describe, expect, test } from "vitest";
import { startSecrets, versions } from "./start-secrets.ts";
import { lastRequest } from "./summaries.ts";

const fields = {
  secretComment: "c",
  secretReminderNote: "n",
  secretReminderRepeatDays: 3,
  skipMultilineEncoding: true,
  tagIds: [],
  metadata: { a: "b" },
  secretMetadata: [{ key: "k", value: "v", isEncrypted: false }],
} as const;

describe.each(versions)("$apiVersion", ({ apiVersion, path, batchPath }) => {
  const project = (projectId: string) => (apiVersion === "v3" ? { workspaceId: projectId } : { projectId });
  const imports = (flag: string) =>
    apiVersion === "v3" ? { include_imports: flag } : { include_imports: flag, includeImports: flag };

  test("a list sends every flag, as its route spells it", async () => {
    const { server, api, location } = await startSecrets(
      { secrets: { dev: { "/": { A: "a" }, "/app": { B: "b" } } } },
      apiVersion,
    );
    await api.listSecrets(location);
    const flags = {
      ...project(location.projectId),
      environment: "dev",
      secretPath: "/",
      expandSecretReferences: "true",
      viewSecretValue: "true",
      ...imports("false"),
      ...(apiVersion === "v4" && { includePersonalOverrides: "false" }),
      recursive: "false",
    };
    expect(lastRequest(server)).toEqual({ method: "GET", path, query: flags, body: undefined });
    await api.listSecrets({
      ...location,
      secretPath: "/app",
      expandSecretReferences: false,
      viewSecretValue: false,
      includeImports: true,
      recursive: true,
      tagSlugs: ["a"],
      tagFilters: ["b", "a"],
      metadataFilter: [
        { key: "team", value: "core" },
        { key: "tier", value: "1" },
      ],
    });
    expect(server.requests.filter((request) => request.path === path).at(-1)?.query).toEqual({
      ...flags,
      secretPath: "/app",
      expandSecretReferences: "false",
      viewSecretValue: "false",
      ...imports("true"),
      recursive: "true",
      tagSlugs: "a,b",
      metadataFilter: "key=team,value=core|key=tier,value=1",
    });
    await api.listSecretsWithImports(location);
    expect(lastRequest(server).query).toEqual({ ...flags, ...imports("true") });
  });

  test("a get sends the name in the path and the import flag as the server spells it", async () => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    server.secrets.set({ environment: "dev", key: "a/b c", value: "v" });
    const options = { ...location, secretName: "a/b c", type: "shared", includeImports: true } as const;
    for (const version of [1, "1"]) {
      expect((await api.getSecret({ ...options, version })).secretValue).toBe("v");
      expect(lastRequest(server)).toEqual({
        method: "GET",
        path: `${path}/a%2Fb%20c`,
        query: {
          ...project(location.projectId),
          environment: "dev",
          secretPath: "/",
          expandSecretReferences: "true",
          viewSecretValue: "true",
          ...imports("true"),
          type: "shared",
          version: "1",
        },
        body: undefined,
      });
    }
  });

  test("writes send exactly what they got, and it is stored", async () => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    const where = { ...project(location.projectId), environment: "dev", secretPath: "/" };
    const secretValue = "line one\nline two\n";
    const notSent = { signal: AbortSignal.timeout(60_000), timeout: "20s" };
    await api.createSecret("FULL", { ...location, ...fields, ...notSent, secretValue, type: "shared" });
    expect(lastRequest(server)).toEqual({
      method: "POST",
      path: `${path}/FULL`,
      query: {},
      body: { ...where, ...fields, secretValue, type: "shared" },
    });
    // Only lists show reminders.
    const readListed = async () => (await api.listSecrets(location)).secrets[0];
    const { tagIds: _tagIds, metadata: _metadata, ...stored } = fields;
    expect(await readListed()).toMatchObject({ ...stored, secretValue });
    const changes = { newSecretName: "NEW", secretReminderRecipients: ["user"], secretComment: "other" };
    await api.updateSecret("FULL", { ...location, ...notSent, ...changes });
    expect(lastRequest(server)).toEqual({
      method: "PATCH",
      path: `${path}/FULL`,
      query: {},
      body: { ...where, ...changes },
    });
    expect(await readListed()).toMatchObject({
      ...stored,
      secretKey: "NEW",
      secretComment: "other",
    });
    await api.deleteSecret("NEW", { ...location, ...notSent, type: "shared" });
    expect(lastRequest(server)).toEqual({
      method: "DELETE",
      path: `${path}/NEW`,
      query: {},
      body: { ...where, type: "shared" },
    });
  });

  test("batches send exactly what they got", async () => {
    const { server, api, location } = await startSecrets({ folders: { dev: ["/app"] } }, apiVersion);
    const where = { ...project(location.projectId), environment: "dev", secretPath: "/" };
    const created = [
      { secretKey: "A", secretValue: "1", ...fields },
      { secretKey: "B", secretValue: "2" },
    ];
    await api.createSecrets({ ...location, secrets: created });
    expect(lastRequest(server)).toEqual({
      method: "POST",
      path: batchPath,
      query: {},
      body: { ...where, secrets: created },
    });
    const changed = [
      { secretKey: "A", newSecretName: "C", secretReminderNote: null },
      { secretKey: "A", secretPath: "/app", secretValue: "3" },
    ];
    await api.updateSecrets({ ...location, mode: "ignore", secrets: changed });
    expect(lastRequest(server)).toMatchObject({
      method: "PATCH",
      path: batchPath,
      body: { ...where, mode: "ignore", secrets: changed },
    });
    const deleted = [{ secretKey: "B" }, { secretKey: "C", type: "shared" as const }];
    await api.deleteSecrets({ ...location, secrets: deleted });
    expect(lastRequest(server)).toEqual({
      method: "DELETE",
      path: batchPath,
      query: {},
      body: { ...where, secrets: deleted },
    });
  });

  test("a response without its secrets is an error, not undefined", async () => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    server.fail({ path }, { status: 200, body: { other: 1 } });
    await expect(api.listSecrets(location)).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      statusCode: 200,
    });
  });
});

test("tags go in as ids and come out as objects; filters by them take slugs", async () => {
  const secrets = { dev: { "/": { TAGGED: { value: "v", tags: ["red"] }, PLAIN: "v" } } };
  const { api, location } = await startSecrets({ tags: [{ slug: "red" }, { slug: "blue" }], secrets });
  const { secrets: tagged } = await api.listSecrets({ ...location, tagSlugs: ["red"] });
  expect(tagged.map(({ secretKey }) => secretKey)).toEqual(["TAGGED"]);
  const tag = { id: expect.any(String), slug: "red", name: "red", color: expect.any(String) };
  expect(tagged[0]?.tags).toEqual([tag]);
  await api.updateSecret("PLAIN", { ...location, tagIds: [tagged[0]?.tags?.[0]?.id ?? ""] });
  const { secrets: both } = await api.listSecrets({ ...location, tagFilters: ["red", "blue"] });
  expect(both).toHaveLength(2);
});

test("a metadata filter lists secrets with all of its entries", async () => {
  const { api, location } = await startSecrets({
    secrets: {
      dev: {
        "/": {
          A: { value: "v", metadata: { team: "core", tier: "1" } },
          B: { value: "v", metadata: { team: "core" } },
        },
      },
    },
  });
  const list = async (...metadataFilter: { key: string; value: string }[]) =>
    (await api.listSecrets({ ...location, metadataFilter })).secrets.map(({ secretKey }) => secretKey).sort();
  expect(await list({ key: "team", value: "core" })).toEqual(["A", "B"]);
  expect(await list({ key: "team", value: "core" }, { key: "tier", value: "1" })).toEqual(["A"]);
  expect(await list()).toEqual(["A", "B"]);
});

test("a missing leading slash is added to a path, in reads and in writes", async () => {
  const { server, api, location } = await startSecrets({ folders: { dev: ["/app/db"] } });
  const secretPath = "app/db";
  await api.createSecret("A", { ...location, secretPath, secretValue: "v" });
  await api.updateSecrets({ ...location, secretPath, secrets: [{ secretKey: "A", secretValue: "w" }] });
  expect((await api.getSecret({ ...location, secretPath: " app/db/ ", secretName: "A" })).secretPath).toBe(
    "/app/db",
  );
  expect((await api.listSecrets({ ...location, secretPath })).secrets).toHaveLength(1);
  await api.updateSecrets({ ...location, secrets: [{ secretKey: "A", secretPath, secretValue: "x" }] });
  expect(server.secrets.get({ environment: "dev", path: "/app/db", key: "A" })).toBe("x");
});

test("only v4 can replace shared secrets by personal ones", async () => {
  const v4 = await startSecrets({}, "v4");
  await v4.api.listSecrets({ ...v4.location, includePersonalOverrides: true });
  expect(lastRequest(v4.server).query).toMatchObject({ includePersonalOverrides: "true" });
  const v3 = await startSecrets({}, "v3");
  const call = v3.api.listSecrets({ ...v3.location, includePersonalOverrides: true });
  await expect(call).rejects.toThrow('includePersonalOverrides needs secrets({ apiVersion: "v4" })');
});

test.each(["move", "duplicate"])("v4 changes and deletes a secret that is called %s", async (name) => {
  const { server, api, location } = await startSecrets({ secrets: { dev: { "/": { [name]: "1" } } } }, "v4");
  await api.updateSecret(name, { ...location, secretValue: "2" });
  expect(server.secrets.get({ environment: "dev", key: name })).toBe("2");
  await api.deleteSecret(name, location);
  expect((await api.listSecrets(location)).secrets).toEqual([]);
});
