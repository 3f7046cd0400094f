const { afterEach, beforeEach, expect, test } = require("@jest/globals");
const { InfisicalSDK, universalAuth } = require("@infisical/sdk");
const { createTestServer } = require("@infisical/test-server");
const { rotateApiKey } = require("./rotate.js");

const place = { environment: "prod", key: "API_KEY" };
/** @type {import("@infisical/test-server").TestServer} */
let server;

beforeEach(() => {
  server = createTestServer();
});
afterEach(() => server.close());

function connect() {
  return new InfisicalSDK({ transport: server.transport, auth: universalAuth(server.credentials()) });
}

test("creates the key where there is none", async () => {
  const value = await rotateApiKey(connect(), server.projectId());
  expect(server.secrets.get(place)).toBe(value);
});

test("gives it a new value where there is one", async () => {
  server.secrets.set({ ...place, value: "old" });
  const value = await rotateApiKey(connect(), server.projectId());
  expect(value).not.toBe("old");
  expect(server.secrets.get(place)).toBe(value);
});

test("does not write twice when the connection breaks after a write", async () => {
  server.secrets.set({ ...place, value: "old" });
  server.fail({ method: "PATCH" }, { drop: "after" });
  await expect(rotateApiKey(connect(), server.projectId())).rejects.toMatchObject({
    code: "CONNECTION_LOST",
  });
  expect(server.requests.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});
