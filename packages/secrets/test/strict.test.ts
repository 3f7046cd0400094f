import type { TestServer } from "@infisical/test-server";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SecretsApi } from "../src/index.ts";
import { countRequests, pairs, start, versions } from "./support.ts";

type Place = Awaited<ReturnType<typeof start>>["place"];

const shop = {
  folders: { dev: ["/app/db", "/empty"] },
  secrets: {
    dev: { "/": { GOOD: "value-of-good", LOCAL: "a-${GOOD}-b", "A.B": "dotted" }, "/app/db": { HOST: "db" } },
    staging: { "/shared": { HOST: "${NAME}.local", NAME: "db", LOST: "x-${NOPE}" } },
  },
};

const reads: Record<string, (api: SecretsApi, place: Place & { secretPath?: string }) => Promise<unknown>> = {
  listSecrets: (api, place) => api.listSecrets({ ...place, strict: true }),
  "a recursive listSecrets": (api, place) => api.listSecrets({ ...place, recursive: true, strict: true }),
  listSecretsWithImports: (api, place) => api.listSecretsWithImports({ ...place, strict: true }),
  listSecretsIfChanged: (api, place) => api.listSecretsIfChanged({ ...place, strict: true }),
  getSecrets: (api, place) => api.getSecrets({ ...place, secretNames: ["A"], strict: true }),
  attachToProcessEnv: (api, place) => api.listSecrets({ ...place, attachToProcessEnv: true, strict: true }),
};

describe.each(versions)("strict, $apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(reads))("%s of a place that does not exist is NOT_FOUND", async (_, read) => {
    const { api, place } = await start(shop, apiVersion);
    for (const [environment, secretPath] of [
      ["devv", "/"],
      ["DEV", "/app"],
      ["dev", "/nope"],
      ["dev", "/app/nope"],
      ["dev", "/nope/db"],
      ["dev", "app/dbb/"],
    ] as const) {
      const call = read(api, { ...place, environment, secretPath });
      await expect(call, `${environment} ${secretPath}`).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test.each(Object.entries(reads))("%s of an empty folder is empty", async (_, read) => {
    const { api, place } = await start(shop, apiVersion);
    for (const secretPath of ["/empty", "empty/", "/app"]) await read(api, { ...place, secretPath });
    await read(api, { ...place, environment: "prod" });
  });

  test("a full list costs a second request, a list without references to expand none", async () => {
    const { server, api, place } = await start(shop, apiVersion);
    const list = await api.listSecrets({ ...place, strict: true });
    expect(countRequests(server)).toBe(2);
    expect(list).toEqual(await api.listSecrets(place));
    const before = countRequests(server);
    await api.listSecrets({ ...place, strict: true, expandSecretReferences: false });
    await api.listSecrets({ ...place, strict: true, viewSecretValue: false });
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
  "to no secret at all: it is no reference": ["$ ${ ${} ${ GOOD } $GOOD {GOOD} ${A:-b} ${a/b} $(GOOD) ${"],
  "to no secret at all: plain text": ["plain"],
};

/** Has the server put nothing in the place of references that lead nowhere, as those of 2026 do. */
function emptyLostReferences(server: TestServer, body: { secrets: readonly object[] }): void {
  const secrets = body.secrets.map((secret) => {
    const { secretValue } = secret as { secretValue: string };
    return { ...secret, secretValue: secretValue.replace(/\$\{[\w.@-]+\}/g, "") };
  });
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { ...body, secrets } });
}

describe.each(["stay as they are", "become nothing"])("where references that lead nowhere %s", (kind) => {
  test.each(Object.entries(values))("a reference %s", async (_, [value, ...lost]) => {
    const { server, api, place } = await start(shop);
    server.secrets.set({ environment: "dev", key: "TESTED", value });
    if (kind === "become nothing") emptyLostReferences(server, await api.listSecrets(place));
    const before = { ...process.env };
    const options = { ...place, strict: true, attachToProcessEnv: { only: ["TESTED"] } };
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
      `References lead nowhere, in a circle or to what this identity may not read: TESTED (${lost.join(", ")}).`,
    );
  });
});

test("all secrets of a circle are named, and those that lead into it, but no value", async () => {
  const secrets = { dev: { "/": { A: "secret-a ${B}", B: "${C}", C: "${A}", D: "${A}", E: "value-of-e" } } };
  const { api, place } = await start({ secrets });
  const error: unknown = await api.listSecrets({ ...place, strict: true }).catch((reason) => reason);
  for (const text of ["A (${B})", "B (${C})", "C (${A})", "D (${A})"]) expect(String(error)).toContain(text);
  expect(String(error)).not.toMatch(/secret-a|value-of-e/);
});

test("many lost references are counted, not listed", async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`K${index}`, "${NOWHERE}"]));
  const { api, place } = await start({ secrets: { dev: { "/": many } } });
  await expect(api.listSecrets({ ...place, strict: true })).rejects.toThrow(/and 30 more\.$/);
});

test("a chain is followed as far as the server follows it, and a longer one is lost", async () => {
  const chain = Array.from({ length: 1000 }, (_, index) => [`K${index}`, `\${K${index + 1}}`]);
  const { server, api, place } = await start({ secrets: { dev: { "/": Object.fromEntries(chain) } } });
  await expect(api.listSecrets({ ...place, strict: true })).rejects.toThrow(/and 980 more\.$/);
  server.secrets.set({ environment: "dev", key: "K1000", value: "end" });
  const get = (...secretNames: string[]) => api.getSecrets({ ...place, secretNames, strict: true });
  expect(pairs((await get("K995", "K999", "K1000")).secrets)).toEqual({
    K995: "end",
    K999: "end",
    K1000: "end",
  });
  await expect(get("K3")).rejects.toThrow("read: K3 (${K4}).");
});

test("in a recursive list, each secret's references are looked up in its own folder", async () => {
  const secrets = { dev: { "/": { NAME: "root", A: "${NAME}" }, "/app": { B: "${NAME}" } } };
  const { server, api, place } = await start({ secrets });
  const list = () => api.listSecrets({ ...place, recursive: true, strict: true });
  await expect(list()).rejects.toThrow("read: B (${NAME}).");
  server.secrets.set({ environment: "dev", path: "/app", key: "NAME", value: "app" });
  expect(pairs((await list()).secrets)).toMatchObject({ A: "root", B: "app" });
});

test("imported secrets are looked at where they come from, nested ones too", async () => {
  const project = {
    folders: { dev: ["/one", "/deep"] },
    secrets: { dev: { "/": { OWN: "o" }, "/one": { ONE: "1" }, "/deep": { BASE: "b", DEEP: "${BASE}" } } },
    imports: [
      { environment: "dev", path: "/", import: { environment: "dev", path: "/one" } },
      { environment: "dev", path: "/one", import: { environment: "dev", path: "/deep" } },
    ],
  };
  const { server, api, place } = await start(project);
  const list = () => api.listSecretsWithImports({ ...place, strict: true });
  expect(pairs(await list())).toMatchObject({ OWN: "o", ONE: "1", DEEP: "b" });
  server.secrets.set({ environment: "dev", path: "/deep", key: "DEEP", value: "${LOST_DEEP}" });
  await expect(list()).rejects.toThrow("read: DEEP (${LOST_DEEP}).");
  server.secrets.set({ environment: "dev", path: "/one", key: "ONE", value: "${LOST_ONE}" });
  await expect(list()).rejects.toThrow("read: ONE (${LOST_ONE}); DEEP (${LOST_DEEP}).");
  // Without the imports, they do not matter.
  expect((await api.listSecrets({ ...place, strict: true })).secrets).toHaveLength(1);
});

test("getSecrets looks at the named secrets only", async () => {
  const { api, place } = await start({
    secrets: { dev: { "/": { GOOD: "${OTHER}", OTHER: "o", BAD: "${NO}" } } },
  });
  const get = (...secretNames: string[]) => api.getSecrets({ ...place, secretNames, strict: true });
  expect(pairs((await get("GOOD", "MISSING")).secrets)).toEqual({ GOOD: "o" });
  await expect(get("GOOD", "BAD")).rejects.toThrow("read: BAD (${NO}).");
});

test("a reference that cannot be followed from here is good where the server found something for it", async () => {
  const value = "a-${@other.prod.KEY}-b-${GOOD}-c";
  const { server, api, place } = await start({ secrets: { dev: { "/": { GOOD: "g", TESTED: value } } } });
  const list = async (secretValue: string) => {
    const { secrets } = await api.listSecrets(place);
    const answered = secrets.map((each) => (each.secretKey === "TESTED" ? { ...each, secretValue } : each));
    server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: answered } });
    return api.listSecrets({ ...place, strict: true });
  };
  expect((await list("a-found-b-g-c")).secrets).toHaveLength(2);
  await expect(list("a--b-g-c")).rejects.toThrow("TESTED (${@other.prod.KEY})");
  await expect(list("a-${@other.prod.KEY}-b-g-c")).rejects.toThrow("TESTED (${@other.prod.KEY})");
});

test("so is one that refers to such a secret of the same list", async () => {
  const secrets = { dev: { "/": { A: "${B}", B: "x-${@other.prod.KEY}" } } };
  const { server, api, place } = await start({ secrets });
  const listed = ["A", "B"].map((secretKey) => ({ secretKey, secretValue: "x-found" }));
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets: listed } });
  expect((await api.listSecrets({ ...place, strict: true })).secrets).toEqual(listed);
});

test("tags and metadata narrow the list, not what it may refer to", async () => {
  const secrets = { dev: { "/": { BASE: "b", TAGGED: { value: "${BASE}", tags: ["red"] }, BAD: "${NO}" } } };
  const { api, place } = await start({ tags: [{ slug: "red" }], secrets });
  const list = await api.listSecrets({ ...place, tagSlugs: ["red"], strict: true });
  expect(pairs(list.secrets)).toEqual({ TAGGED: "b" });
});

test("a server that says so itself is believed", async () => {
  const { server, api, place } = await start(shop);
  const error = "SecretPathNotFound";
  server.fail({ path: /secrets/ }, { status: 404, body: { statusCode: 404, message: "Folder ...", error } });
  await expect(api.listSecrets({ ...place, strict: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(countRequests(server)).toBe(1);
  server.fail(
    { path: /secrets/ },
    { status: 500, body: { statusCode: 500, message: "No", error: "InternalServerError" } },
  );
  await expect(api.listSecrets({ ...place, strict: true })).rejects.toMatchObject({ code: "SERVER_ERROR" });
});

test("an unchanged list is not looked at again", async () => {
  const { server, api, place } = await start(shop);
  const { etag } = await api.listSecretsIfChanged({ ...place, strict: true });
  const before = countRequests(server);
  const second = await api.listSecretsIfChanged({ ...place, strict: true }, etag);
  expect([second.notModified, countRequests(server) - before]).toEqual([true, 1]);
});
