import { expect, test } from "vitest";
import { createTestServer, type ProjectSeed } from "../src/index.ts";
import { type ApiResponse, call, login } from "./support/api.ts";
import { everything, streamConnections } from "./support/event-stream.ts";

const project: ProjectSeed = {
  name: "Shop",
  slug: "web-shop",
  environments: [
    { name: "Development", slug: "dev" },
    { name: "Production", slug: "prod" },
  ],
  secrets: {
    dev: { "/": { A: "hunter2", B: "hunter2" }, "/app": { C: "hunter2" }, "/app/db": { D: "hunter2" } },
  },
  approvals: [{ environment: "dev", path: "/approved" }],
  folders: { dev: ["/approved"] },
};

type Api = (method: string, path: string, body: object) => Promise<ApiResponse>;

/** What a subscriber to everything in `dev` hears of some writes: event, names and paths. */
async function heard(write: (context: Context) => unknown, isUser = false) {
  const server = createTestServer({
    eventStream: "current",
    projects: [project],
    identities: [{ name: "admin", isUser, universalAuth: {}, projectRoles: { "web-shop": "admin" } }],
  });
  const token = await login(server);
  const subscribe = await streamConnections[2]?.open(server);
  const stream = await subscribe?.({ token, register: everything });
  const api: Api = async (method, path, body) => {
    const response = await call(server, method, path, { token, body });
    expect([200, response.body]).toEqual([response.status, response.body]);
    return response;
  };
  const projectId = server.projectId();
  await write({ server, api, place: { projectId, workspaceId: projectId, environment: "dev" } });
  server.events.end();
  const text = (await stream?.end())?.rest ?? "";
  expect(text).not.toContain("hunter");
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json = ""]) => {
    const { event, payload } = JSON.parse(json).data;
    const names = (Array.isArray(payload) ? payload : [payload]).map((one) => {
      expect(one.environment).toBe("dev");
      return one.secretKey === undefined ? one.secretPath : `${one.secretPath}:${one.secretKey}`;
    });
    return [event, Array.isArray(payload) ? names : names[0]];
  });
}

interface Context {
  readonly server: ReturnType<typeof createTestServer>;
  readonly api: Api;
  readonly place: { readonly projectId: string; readonly workspaceId: string; readonly environment: string };
}

test.each([
  { version: "v3", base: "/api/v3/secrets/raw", batch: "/api/v3/secrets/batch/raw" },
  { version: "v4", base: "/api/v4/secrets", batch: "/api/v4/secrets/batch" },
])("subscribers hear of every write of secrets, as a list if it is a batch ($version)", async (row) => {
  const { base, batch } = row;
  const single = await heard(async ({ api, place }) => {
    await api("POST", `${base}/NEW`, { ...place, secretValue: "hunter2" });
    await api("PATCH", `${base}/NEW`, { ...place, secretValue: "hunter3", newSecretName: "RENAMED" });
    await api("DELETE", `${base}/RENAMED`, place);
  });
  expect(single).toEqual([
    ["secret:create", "/:NEW"],
    ["secret:update", "/:RENAMED"],
    ["secret:delete", "/:RENAMED"],
  ]);
  const batches = await heard(async ({ api, place }) => {
    const secrets = ["X", "Y"].map((secretKey) => ({ secretKey, secretValue: "hunter2" }));
    await api("POST", batch, { ...place, secrets });
    const changes = [
      ...secrets,
      { secretKey: "C", secretPath: "/app" },
      { secretKey: "Z", secretValue: "hunter2" },
    ];
    await api("PATCH", batch, { ...place, mode: "upsert", secrets: changes });
    await api("DELETE", batch, { ...place, secrets: [{ secretKey: "X" }, { secretKey: "Z" }] });
  });
  expect(batches).toEqual([
    ["secret:create", ["/:X", "/:Y"]],
    ["secret:update", ["/:X", "/:Y"]],
    ["secret:create", ["/:Z"]],
    ["secret:update", ["/app:C"]],
    ["secret:delete", ["/:X", "/:Z"]],
  ]);
});

test("subscribers hear of a move in both folders", async () => {
  const events = await heard(async ({ server, api, place }) => {
    const { secrets } = (
      await call(server, "GET", "/api/v4/secrets", {
        token: await login(server),
        query: { projectId: place.projectId, environment: "dev" },
      })
    ).body;
    server.secrets.set({ environment: "dev", path: "/app", key: "A", value: "hunter3" });
    await api("POST", "/api/v4/secrets/move", {
      ...place,
      sourceEnvironment: "dev",
      destinationEnvironment: "dev",
      destinationSecretPath: "/app",
      secretIds: secrets.map(({ id }: { id: string }) => id),
      shouldOverwrite: true,
    });
  });
  expect(events).toEqual([
    ["secret:create", "/app:A"],
    ["secret:delete", ["/:A", "/:B"]],
    ["secret:update", ["/app:A"]],
    ["secret:create", ["/app:B"]],
  ]);
});

test("subscribers hear of the secrets of a deleted folder, and of those of its subfolders", async () => {
  const events = await heard(async ({ api, place }) => {
    await api("POST", "/api/v2/folders", { ...place, name: "empty" });
    await api("DELETE", "/api/v2/folders/empty", place);
    await api("DELETE", "/api/v1/folders/app", { ...place, forceDelete: true });
  });
  expect(events).toEqual([
    ["secret:delete", ["/app:C"]],
    ["secret:delete", ["/app/db:D"]],
  ]);
});

test("subscribers hear of imports that are created, changed and deleted", async () => {
  const events = await heard(async ({ api, place }) => {
    for (const version of ["v1", "v2"]) {
      const base = `/api/${version}/secret-imports`;
      const body = { ...place, path: "/app", import: { environment: "prod", path: "/" } };
      const { id } = (await api("POST", base, body)).body.secretImport;
      await api("PATCH", `${base}/${id}`, { ...body, import: { position: 1 } });
      await api("DELETE", `${base}/${id}`, body);
    }
  });
  expect(events).toEqual(Array.from({ length: 6 }, () => ["secret:import-mutation", "/app"]));
});

test("subscribers hear of direct access to the stored secrets", async () => {
  const events = await heard(({ server }) => {
    const location = { environment: "dev", path: "/new", key: "KEY" };
    server.secrets.set({ ...location, value: "hunter2" });
    server.secrets.set({ ...location, value: "hunter3" });
    server.secrets.delete(location);
    server.secrets.delete(location);
  });
  expect(events).toEqual(["create", "update", "delete"].map((name) => [`secret:${name}`, "/new:KEY"]));
});

test("subscribers hear nothing of refused writes, approval requests and personal secrets", async () => {
  const events = await heard(async ({ server, api, place }) => {
    const token = await login(server);
    const body = { ...place, secretValue: "hunter2" };
    expect((await call(server, "POST", "/api/v4/secrets/A", { token, body })).status).toBe(400);
    const { approval } = (await api("POST", "/api/v4/secrets/NEW", { ...body, secretPath: "/approved" }))
      .body;
    expect(approval).toMatchObject({ status: "open" });
    await api("POST", "/api/v4/secrets/A", { ...body, type: "personal" });
    await api("PATCH", "/api/v4/secrets/A", { ...body, type: "personal" });
    await api("DELETE", "/api/v4/secrets/A", { ...place, type: "personal" });
  }, true);
  expect(events).toEqual([]);
});
