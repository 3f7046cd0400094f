import { describe, expect, test } from "vitest";
import { lastRequest, start, versions } from "./support.ts";

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

  test("a list sends every flag, in the spelling of its route", async () => {
    const { server, api, place } = await start({}, apiVersion);
    await api.listSecrets(place);
    const flags = {
      ...project(place.projectId),
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
      ...place,
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
    expect(lastRequest(server).query).toEqual({
      ...flags,
      secretPath: "/app",
      expandSecretReferences: "false",
      viewSecretValue: "false",
      ...imports("true"),
      recursive: "true",
      tagSlugs: "a,b",
      metadataFilter: "key=team,value=core|key=tier,value=1",
    });
    await api.listSecretsWithImports(place);
    expect(lastRequest(server).query).toEqual({ ...flags, ...imports("true") });
  });

  test("a get sends the name in the path and the import flag as the server spells it", async () => {
    const { server, api, place } = await start({}, apiVersion);
    server.secrets.set({ environment: "dev", key: "a/b c", value: "v" });
    const options = { ...place, secretName: "a/b c", type: "shared", includeImports: true } as const;
    for (const version of [1, "1"]) {
      expect((await api.getSecret({ ...options, version })).secretValue).toBe("v");
      expect(lastRequest(server)).toEqual({
        method: "GET",
        path: `${path}/a%2Fb%20c`,
        query: {
          ...project(place.projectId),
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

  test("writes send all that they were given and nothing else, and it is stored", async () => {
    const { server, api, place } = await start({}, apiVersion);
    const where = { ...project(place.projectId), environment: "dev", secretPath: "/" };
    const secretValue = "line one\nline two\n";
    const notSent = { signal: AbortSignal.timeout(60_000), timeout: "20s" };
    await api.createSecret("FULL", { ...place, ...fields, ...notSent, secretValue, type: "shared" });
    expect(lastRequest(server)).toEqual({
      method: "POST",
      path: `${path}/FULL`,
      query: {},
      body: { ...where, ...fields, secretValue, type: "shared" },
    });
    const read = await api.getSecret({ ...place, secretName: "FULL" });
    const { tagIds: _tagIds, metadata: _metadata, ...stored } = fields;
    expect(read).toMatchObject({ ...stored, secretValue });
    const changes = { newSecretName: "NEW", secretReminderRecipients: ["user"], secretComment: "other" };
    await api.updateSecret("FULL", { ...place, ...notSent, ...changes });
    expect(lastRequest(server)).toEqual({
      method: "PATCH",
      path: `${path}/FULL`,
      query: {},
      body: { ...where, ...changes },
    });
    expect(await api.getSecret({ ...place, secretName: "NEW" })).toMatchObject({
      ...stored,
      secretComment: "other",
    });
    await api.deleteSecret("NEW", { ...place, ...notSent, type: "shared" });
    expect(lastRequest(server)).toEqual({
      method: "DELETE",
      path: `${path}/NEW`,
      query: {},
      body: { ...where, type: "shared" },
    });
  });

  test("batches send all that they were given and nothing else", async () => {
    const { server, api, place } = await start({ folders: { dev: ["/app"] } }, apiVersion);
    const where = { ...project(place.projectId), environment: "dev", secretPath: "/" };
    const created = [
      { secretKey: "A", secretValue: "1", ...fields },
      { secretKey: "B", secretValue: "2" },
    ];
    await api.createSecrets({ ...place, secrets: created });
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
    await api.updateSecrets({ ...place, mode: "ignore", secrets: changed });
    expect(lastRequest(server)).toMatchObject({
      method: "PATCH",
      path: batchPath,
      body: { ...where, mode: "ignore", secrets: changed },
    });
    const deleted = [{ secretKey: "B" }, { secretKey: "C", type: "shared" as const }];
    await api.deleteSecrets({ ...place, secrets: deleted });
    expect(lastRequest(server)).toEqual({
      method: "DELETE",
      path: batchPath,
      query: {},
      body: { ...where, secrets: deleted },
    });
  });

  test("a response without its secrets is an error, not undefined", async () => {
    const { server, api, place } = await start({}, apiVersion);
    server.fail({ path }, { status: 200, body: { other: 1 } });
    await expect(api.listSecrets(place)).rejects.toMatchObject({ code: "INVALID_RESPONSE", statusCode: 200 });
  });
});

test("tags go in as ids and come out as objects; filters by them take slugs", async () => {
  const secrets = { dev: { "/": { TAGGED: { value: "v", tags: ["red"] }, PLAIN: "v" } } };
  const { api, place } = await start({ tags: [{ slug: "red" }, { slug: "blue" }], secrets });
  const { secrets: tagged } = await api.listSecrets({ ...place, tagSlugs: ["red"] });
  expect(tagged.map(({ secretKey }) => secretKey)).toEqual(["TAGGED"]);
  const tag = { id: expect.any(String), slug: "red", name: "red", color: expect.any(String) };
  expect(tagged[0]?.tags).toEqual([tag]);
  await api.updateSecret("PLAIN", { ...place, tagIds: [tagged[0]?.tags?.[0]?.id ?? ""] });
  const { secrets: both } = await api.listSecrets({ ...place, tagFilters: ["red", "blue"] });
  expect(both).toHaveLength(2);
});

test("a metadata filter lists what has all of its entries", async () => {
  const { api, place } = await start({
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
    (await api.listSecrets({ ...place, metadataFilter })).secrets.map(({ secretKey }) => secretKey).sort();
  expect(await list({ key: "team", value: "core" })).toEqual(["A", "B"]);
  expect(await list({ key: "team", value: "core" }, { key: "tier", value: "1" })).toEqual(["A"]);
  expect(await list()).toEqual(["A", "B"]);
});

test("a path without a slash at its start gets it, in reads and in writes", async () => {
  const { server, api, place } = await start({ folders: { dev: ["/app/db"] } });
  const secretPath = "app/db";
  await api.createSecret("A", { ...place, secretPath, secretValue: "v" });
  await api.updateSecrets({ ...place, secretPath, secrets: [{ secretKey: "A", secretValue: "w" }] });
  expect((await api.getSecret({ ...place, secretPath: " app/db/ ", secretName: "A" })).secretPath).toBe(
    "/app/db",
  );
  expect((await api.listSecrets({ ...place, secretPath })).secrets).toHaveLength(1);
  await api.updateSecrets({ ...place, secrets: [{ secretKey: "A", secretPath, secretValue: "x" }] });
  expect(server.secrets.get({ environment: "dev", path: "/app/db", key: "A" })).toBe("x");
});

test("only v4 asks for personal secrets in the place of shared ones", async () => {
  const v4 = await start({}, "v4");
  await v4.api.listSecrets({ ...v4.place, includePersonalOverrides: true });
  expect(lastRequest(v4.server).query).toMatchObject({ includePersonalOverrides: "true" });
  const v3 = await start({}, "v3");
  const call = v3.api.listSecrets({ ...v3.place, includePersonalOverrides: true });
  await expect(call).rejects.toThrow('includePersonalOverrides needs secrets({ apiVersion: "v4" })');
});
