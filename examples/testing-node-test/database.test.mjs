import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { databaseUrl } from "./database.mjs";

const server = createTestServer();
const projectId = server.projectId();
let siteUrl = "";

before(async () => {
  ({ siteUrl } = await server.listen());
});
beforeEach(() => server.reset());
after(() => server.close());

function connect() {
  return new InfisicalSDK({ siteUrl, auth: universalAuth(server.credentials()), retry: { baseDelay: 1 } });
}

test("gives the URL", async () => {
  server.secrets.set({ environment: "dev", key: "DATABASE_URL", value: "postgres://localhost" });
  assert.equal(await databaseUrl(connect(), projectId), "postgres://localhost");
});

test("gives nothing where none is configured", async () => {
  assert.equal(await databaseUrl(connect(), projectId), undefined);
});

test("does not take a failing server for a missing URL", async () => {
  server.fail({ method: "GET", times: Number.POSITIVE_INFINITY }, { status: 500 });
  await assert.rejects(databaseUrl(connect(), projectId), { code: "SERVER_ERROR" });
});

test("survives a connection that breaks", async () => {
  server.secrets.set({ environment: "dev", key: "DATABASE_URL", value: "postgres://localhost" });
  server.fail({ method: "GET" }, { drop: "after" });
  assert.equal(await databaseUrl(connect(), projectId), "postgres://localhost");
});

test("asks for one secret and for nothing else", async () => {
  await databaseUrl(connect(), projectId);
  const paths = server.requests.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(paths, ["POST /api/v1/auth/universal-auth/login", "GET /api/v3/secrets/raw/DATABASE_URL"]);
});
