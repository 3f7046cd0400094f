import type { TestServer } from "@infisical/test-server";
import { describe, expect, onTestFinished, test } from "vitest";
import type { TestLocation } from "#test-kit";
import type { SecretsApi } from "../src/index.ts";
import { startSecrets, versions } from "./start-secrets.ts";
import { countRequests, pairs } from "./summaries.ts";

const shop = {
  folders: { dev: ["/app/db", "/empty"] },
  secrets: {
    dev: { "/": { GOOD: "value-of-good", LOCAL: "a-${GOOD}-b", "A.B": "dotted" }, "/app/db": { HOST: "db" } },
    staging: { "/shared": { HOST: "${NAME}.local", NAME: "db", LOST: "x-${NOPE}" } },
  },
};

const reads: Record<
  string,
  (api: SecretsApi, location: TestLocation & { secretPath?: string }) => Promise<unknown>
> = {
  listSecrets: (api, location) => api.listSecrets({ ...location, strict: true }),
  "a recursive listSecrets": (api, location) =>
    api.listSecrets({ ...location, recursive: true, strict: true }),
  listSecretsWithImports: (api, location) => api.listSecretsWithImports({ ...location, strict: true }),
  listSecretsIfChanged: (api, location) => api.listSecretsIfChanged({ ...location, strict: true }),
  getSecrets: (api, location) => api.getSecrets({ ...location, secretNames: ["A"], strict: true }),
  attachToProcessEnv: (api, location) =>
    api.listSecrets({ ...location, attachToProcessEnv: true, strict: true }),
};

describe.each(versions)("strict, $apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(reads))("%s of a folder that does not exist is NOT_FOUND", async (_, read) => {
    const { api, location } = await startSecrets(shop, apiVersion);
    for (const [environment, secretPath] of [
      ["devv", "/"],
      ["DEV", "/app"],
      ["dev", "/nope"],
      ["dev", "/app/nope"],
      ["dev", "/nope/db"],
      ["dev", "app/dbb/"],
    ] as const) {
      const call = read(api, { ...location, environment, secretPath });
      await expect(call, `${environment} ${secretPath}`).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test.each(Object.entries(reads))("%s of an empty folder is empty", async (_, read) => {
    const { api, location } = await startSecrets(shop, apiVersion);
    for (const secretPath of ["/empty", "empty/", "/app"]) await read(api, { ...location, secretPath });
    await read(api, { ...location, environment: "prod" });
  });

  test("a full list costs a second request, a list without references to expand none", async () => {
    const { server, api, location } = await startSecrets(shop, apiVersion);
    const list = await api.listSecrets({ ...location, strict: true });
    expect(countRequests(server)).toBe(2);
    expect(list).toEqual(await api.listSecrets(location));
    const before = countRequests(server);
    await api.listSecrets({ ...location, strict: true, expandSecretReferences: false });
    await api.listSecrets({ ...location, strict: true, viewSecretValue: false });
    expect(countRequests(server) - before).toBe(2);
  });
});

/** Values, and the references in them that lead nowhere. */
const values: Record<string, [string, ...string[]]> = {
  "to nothing": ["http://${NOWHERE}:80", "${NOWHERE}"],
  "to nothing, alone": ["${NOWHERE}", "${NOWHERE}"],
  "to an unknown environment": ["${prodd.db.HOST}", "${prodd.db.HOST}"],
  "to an unknown folder": ["${dev.nope.HOST}", "${dev.nope.HOST}"],
  "to an unknown secret of another folder": ["${dev.app.db.PORT}", "${dev.app.db.PORT}"],
  "to itself": ["a-${TESTED}", "${TESTED}"],
  "half of them to nothing": ["${GOOD} ${NOWHERE} ${dev.app.db.HOST}", "${NOWHERE}"],
  "to one that refers to nothing": ["${staging.shared.LOST}", "${staging.shared.LOST}"],
  "to a good one": ["${GOOD}"],
  "to good ones, in chains and folders": ["${LOCAL} ${dev.app.db.HOST} ${staging.shared.HOST} ${GOOD}"],
  "to no secret at all: it is not a reference": [
    "$ ${ ${} ${ GOOD } $GOOD {GOOD} ${A:-b} ${A:b} ${a/b} $(GOOD) ${",
  ],
  "to no secret at all: plain text": ["plain"],
};

/** Makes the server replace references that lead nowhere by nothing, as current servers do. */
function emptyLostReferences(server: TestServer, body: { secrets: readonly object[] }): void {
  const secrets = body.secrets.map((secret) => {
    const { secretValue } = secret as { secretValue: string };
    return { ...secret, secretValue: secretValue.replace(/\$\{[\w.@-]+\}/g, "") };
  });
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { ...body, secrets } });
}

describe.each(["stay as they are", "become nothing"])("where references that lead nowhere %s", (kind) => {
  test.each(Object.entries(values))("a reference %s", async (_, [value, ...lost]) => {
    const { server, api, location } = await startSecrets(shop);
    server.secrets.set({ environment: "dev", key: "TESTED", value });
    if (kind === "become nothing") emptyLostReferences(server, await api.listSecrets(location));
    const before = { ...process.env };
    const options = { ...location, strict: true, attachToProcessEnv: { only: ["TESTED"] } };
    onTestFinished(() => {
      delete process.env["TESTED"];
    });
    const outcome: unknown = await api.listSecrets(options).catch((error: unknown) => error);
    if (lost.length === 0) {
      expect(outcome).toMatchObject({ attached: { set: ["TESTED"] } });
      return;
    }
    expect({ ...process.env }).toEqual(before);
    expect(outcome).toMatchObject({ code: "UNRESOLVED_REFERENCE", name: "InfisicalSDKError" });
    expect((outcome as Error).message).toBe(
      `References lead nowhere, in a circle or to something that this identity is not allowed to read: TESTED (${lost.join(", ")}).`,
    );
  });
});

test("all secrets of a circle and those that lead into it are named, but no value", async () => {
  const secrets = { dev: { "/": { A: "secret-a ${B}", B: "${C}", C: "${A}", D: "${A}", E: "value-of-e" } } };
  const { api, location } = await startSecrets({ secrets });
  const error: unknown = await api.listSecrets({ ...location, strict: true }).catch((reason) => reason);
  for (const text of ["A (${B})", "B (${C})", "C (${A})", "D (${A})"]) expect(String(error)).toContain(text);
  expect(String(error)).not.toMatch(/secret-a|value-of-e/);
});

test("many lost references are counted, not listed", async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`K${index}`, "${NOWHERE}"]));
  const { api, location } = await startSecrets({ secrets: { dev: { "/": many } } });
  await expect(api.listSecrets({ ...location, strict: true })).rejects.toThrow(/and 30 more\.$/);
});

test("a chain is followed as far as the server follows it, and a longer one is lost", async () => {
  const chain = Array.from({ length: 1000 }, (_, index) => [`K${index}`, `\${K${index + 1}}`]);
  const { server, api, location } = await startSecrets({
    secrets: { dev: { "/": Object.fromEntries(chain) } },
  });
  await expect(api.listSecrets({ ...location, strict: true })).rejects.toThrow(/and 980 more\.$/);
  server.secrets.set({ environment: "dev", key: "K1000", value: "end" });
  const get = (...secretNames: string[]) => api.getSecrets({ ...location, secretNames, strict: true });
  expect(pairs((await get("K995", "K999", "K1000")).secrets)).toEqual({
    K995: "end",
    K999: "end",
    K1000: "end",
  });
  await expect(get("K3")).rejects.toThrow("read: K3 (${K4}).");
});

test("in a recursive list, each secret's references are looked up in its own folder", async () => {
  const secrets = { dev: { "/": { NAME: "root", A: "${NAME}" }, "/app": { B: "${NAME}" } } };
  const { server, api, location } = await startSecrets({ secrets });
  const list = () => api.listSecrets({ ...location, recursive: true, strict: true });
  await expect(list()).rejects.toThrow("read: B (${NAME}).");
  server.secrets.set({ environment: "dev", path: "/app", key: "NAME", value: "app" });
  expect(pairs((await list()).secrets)).toMatchObject({ A: "root", B: "app" });
});

test("imported secrets are checked in their own folders, nested ones too", async () => {
  const project = {
    folders: { dev: ["/one", "/deep"] },
    secrets: {
      dev: { "/": { OWN: "o" }, "/one": { ONE: "1", BASE: "b" }, "/deep": { BASE: "b", DEEP: "${BASE}" } },
    },
    imports: [
      { environment: "dev", path: "/", import: { environment: "dev", path: "/one" } },
      { environment: "dev", path: "/one", import: { environment: "dev", path: "/deep" } },
    ],
  };
  const { server, api, location } = await startSecrets(project);
  const list = () => api.listSecretsWithImports({ ...location, strict: true });
  expect(pairs(await list())).toMatchObject({ OWN: "o", ONE: "1", DEEP: "b" });
  server.secrets.set({ environment: "dev", path: "/deep", key: "DEEP", value: "${LOST_DEEP}" });
  await expect(list()).rejects.toThrow("read: DEEP (${LOST_DEEP}).");
  server.secrets.set({ environment: "dev", path: "/one", key: "ONE", value: "${LOST_ONE}" });
  await expect(list()).rejects.toThrow("read: ONE (${LOST_ONE}); DEEP (${LOST_DEEP}).");
  // Without the imports, they do not matter.
  expect((await api.listSecrets({ ...location, strict: true })).secrets).toHaveLength(1);
});

test.each(["${@other.prod.KEY}", "${other::prod.app.KEY}"])(
  "a reference into another project, %s, is accepted if the server resolved it",
  async (reference) => {
    const value = `a-${reference}-b-\${GOOD}-c`;
    const { server, api, location } = await startSecrets({
      secrets: { dev: { "/": { GOOD: "g", TESTED: value } } },
    });
    const list = async (secretValue: string) => {
      const { secrets } = await api.listSecrets(location);
      const answered = secrets.map((each) => (each.secretKey === "TESTED" ? { ...each, secretValue } : each));
      server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: answered } });
      return api.listSecrets({ ...location, strict: true });
    };
    expect((await list("a-found-b-g-c")).secrets).toHaveLength(2);
    await expect(list("a--b-g-c")).rejects.toThrow(`TESTED (${reference})`);
    await expect(list(`a-${reference}-b-g-c`)).rejects.toThrow(`TESTED (${reference})`);
  },
);

test("a reference to such a secret of the same list is accepted too", async () => {
  const secrets = { dev: { "/": { A: "${B}", B: "x-${@other.prod.KEY}" } } };
  const { server, api, location } = await startSecrets({ secrets });
  const listed = ["A", "B"].map((secretKey) => ({ secretKey, secretValue: "x-found" }));
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: listed } });
  expect((await api.listSecrets({ ...location, strict: true })).secrets).toEqual(listed);
});

test("tags and metadata narrow the list, but not what it can refer to", async () => {
  const secrets = { dev: { "/": { BASE: "b", TAGGED: { value: "${BASE}", tags: ["red"] }, BAD: "${NO}" } } };
  const { api, location } = await startSecrets({ tags: [{ slug: "red" }], secrets });
  const list = await api.listSecrets({ ...location, tagSlugs: ["red"], strict: true });
  expect(pairs(list.secrets)).toEqual({ TAGGED: "b" });
});

test("a NOT_FOUND of the server itself is passed on", async () => {
  const { server, api, location } = await startSecrets(shop);
  const error = "SecretPathNotFound";
  server.fail({ path: /secrets/ }, { status: 404, body: { statusCode: 404, message: "Folder ...", error } });
  await expect(api.listSecrets({ ...location, strict: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(countRequests(server)).toBe(1);
  server.fail(
    { path: /secrets/ },
    { status: 500, body: { statusCode: 500, message: "No", error: "InternalServerError" } },
  );
  await expect(api.listSecrets({ ...location, strict: true })).rejects.toMatchObject({
    code: "SERVER_ERROR",
  });
});

test("an unchanged list is not checked again", async () => {
  const { server, api, location } = await startSecrets(shop);
  const { etag } = await api.listSecretsIfChanged({ ...location, strict: true });
  const before = countRequests(server);
  const second = await api.listSecretsIfChanged({ ...location, strict: true }, etag);
  expect([second.notModified, countRequests(server) - before]).toEqual([true, 1]);
});
