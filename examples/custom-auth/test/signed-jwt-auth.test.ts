import { createClient, InfisicalSDKRequestError } from "@infisical/core";
import { InfisicalSDK } from "@infisical/sdk";
import { createTestServer, type JwtAuthSeed, type TestServer } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { type SignedJwtAuthOptions, signedJwtAuth } from "../src/index.ts";
import { ellipticKeys, rsaKeys } from "./keys.ts";

const keys = rsaKeys();
const claims = { issuer: "ci", subject: "job:deploy", audience: "infisical" };

/** A server that trusts the key, and what an identity of it logs in with. */
function start(jwtAuth: Partial<JwtAuthSeed> = {}): { server: TestServer; options: SignedJwtAuthOptions } {
  const server = createTestServer({
    identities: [
      {
        name: "ci",
        projectRoles: { "example-project": "member" },
        jwtAuth: {
          publicKeys: [keys.publicKey],
          boundIssuer: "ci",
          boundSubject: "job:*",
          boundAudiences: ["infisical"],
          ...jwtAuth,
        },
      },
    ],
  });
  server.secrets.set({ environment: "dev", key: "GREETING", value: "hello" });
  const identityId = server.identities[0]?.identityId ?? "";
  return { server, options: { identityId, privateKey: keys.privateKey, ...claims } };
}

describe("signedJwtAuth", () => {
  test("logs a client in", async () => {
    const { server, options } = start();
    const client = createClient({ transport: server.transport, auth: signedJwtAuth(options) });
    const query = { workspaceId: server.projectId(), environment: "dev" };
    const reply = await client.request({ method: "GET", path: "/api/v3/secrets/raw/GREETING", query });
    expect(reply).toMatchObject({ secret: { secretValue: "hello" } });
  });

  test("logs the whole SDK in", async () => {
    const { server, options } = start();
    const sdk = new InfisicalSDK({ transport: server.transport });
    await sdk.auth().login(signedJwtAuth(options));
    const place = { projectId: server.projectId(), environment: "dev" };
    const { secretValue } = await sdk.secrets().getSecret({ ...place, secretName: "GREETING" });
    expect(secretValue).toBe("hello");
  });

  test("logs in again with a new JWT when the session asks for it", async () => {
    const { server, options } = start();
    const client = createClient({ transport: server.transport, auth: signedJwtAuth(options) });
    await client.auth().login();
    server.tokens.revoke();
    const query = { workspaceId: server.projectId(), environment: "dev" };
    await client.request({ method: "GET", path: "/api/v3/secrets/raw", query });
    expect(server.requests.map(({ path, status }) => `${path.split("/").at(-1)} ${status}`)).toEqual([
      "login 200",
      "raw 401",
      "login 200",
      "raw 200",
    ]);
  });

  test("signs with an elliptic curve", async () => {
    const { privateKey, publicKey } = ellipticKeys();
    const { server, options } = start({ publicKeys: [publicKey] });
    const auth = signedJwtAuth({ ...options, privateKey, algorithm: "ES256" });
    await createClient({ transport: server.transport, auth }).auth().login();
    expect(server.requests[0]?.status).toBe(200);
  });

  test.each([
    ["a key that the server does not trust", { privateKey: rsaKeys().privateKey }, 401],
    ["another audience", { audience: "elsewhere" }, 401],
    ["another subject", { subject: "user:me" }, 403],
    ["another issuer", { issuer: "nobody" }, 403],
  ])("is refused with %s, and says so without the key", async (_, changes, statusCode) => {
    const { server, options } = start();
    const auth = signedJwtAuth({ ...options, ...changes });
    const error = await createClient({ transport: server.transport, auth })
      .auth()
      .login()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InfisicalSDKRequestError);
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode });
  });

  test.each([
    ["of another kind", { algorithm: "ES256" as const }],
    ["that is none", { privateKey: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----" }],
  ])("says which option is wrong where it has a key %s, and sends nothing", async (_, changes) => {
    const { server, options } = start();
    const auth = signedJwtAuth({ ...options, ...changes });
    const login = createClient({ transport: server.transport, auth }).auth().login();
    await expect(login).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(/^privateKey must hold a key that can sign with /),
    });
    expect(server.requests).toEqual([]);
  });

  test("is refused once the JWT's time is over, and signed anew with the server's time", async () => {
    const { server, options } = start();
    server.clock.advance(61_000);
    await createClient({ transport: server.transport, auth: signedJwtAuth(options) })
      .auth()
      .login();
    expect(server.requests.map(({ status }) => status)).toEqual([401, 200]);
  });
});
