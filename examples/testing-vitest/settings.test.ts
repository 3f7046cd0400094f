import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { beforeEach, expect, test } from "vitest";
import { readSettings } from "./settings.ts";

// One server for all tests; reset() takes it back to this, with the same ids and credentials.
const server = createTestServer({
  projects: [
    {
      name: "Shop",
      slug: "shop",
      environments: [{ name: "Development", slug: "dev" }],
      secrets: { dev: { "/app": { HOST: "localhost", URL: "http://${HOST}:8080" } } },
    },
  ],
  identities: [{ name: "app", projectRoles: { shop: "viewer" }, universalAuth: { accessTokenTTL: 3600 } }],
});
const projectId = server.projectId();

beforeEach(() => server.reset());

/** No port is opened: the server answers as the client's fetch, and both have one clock. */
function connect(): InfisicalSDK {
  const { fetch, clock } = server;
  return new InfisicalSDK({
    fetch,
    clock,
    auth: universalAuth(server.credentials()),
    retry: { baseDelay: 1 },
  });
}

test("reads the settings, references expanded", async () => {
  expect(await readSettings(connect(), projectId)).toEqual({
    HOST: "localhost",
    URL: "http://localhost:8080",
  });
});

test("sees a secret that was changed meanwhile", async () => {
  const sdk = connect();
  await readSettings(sdk, projectId);
  server.secrets.set({ environment: "dev", path: "/app", key: "HOST", value: "shop.internal" });
  expect(await readSettings(sdk, projectId)).toMatchObject({ HOST: "shop.internal" });
});

test("goes on when its token has expired", async () => {
  const sdk = connect();
  await readSettings(sdk, projectId);
  server.clock.advance(2 * 3_600_000);
  expect(await readSettings(sdk, projectId)).toMatchObject({ HOST: "localhost" });
  server.tokens.revoke();
  expect(await readSettings(sdk, projectId)).toMatchObject({ HOST: "localhost" });
  expect(server.requests.filter(({ path }) => path.endsWith("/login"))).toHaveLength(3);
});

test("tries again while the server is down", async () => {
  const failure = server.fail({ method: "GET", times: 2 }, { status: 503 });
  expect(await readSettings(connect(), projectId)).toMatchObject({ HOST: "localhost" });
  expect(failure.count).toBe(2);
});

test("tells when it is not allowed to read", async () => {
  server.fail({ method: "GET", path: "/api/v3/secrets/raw" }, { status: 403 });
  await expect(readSettings(connect(), projectId)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("works over a real port, which closes at the end of the block", async () => {
  await using other = createTestServer();
  const { siteUrl } = await other.listen();
  other.secrets.set({ environment: "dev", path: "/app", key: "PORT", value: "8080" });
  const sdk = new InfisicalSDK({ siteUrl, auth: universalAuth(other.credentials()) });
  expect(await readSettings(sdk, other.projectId())).toEqual({ PORT: "8080" });
});
