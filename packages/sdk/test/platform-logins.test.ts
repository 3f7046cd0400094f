import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, start as startServer } from "#test-kit";
import { InfisicalSDK, jwtAuth, kubernetesAuth, oidcAuth, spiffeAuth } from "../src/index.ts";

const spiffeId = "spiffe://example.org/shop/api";

/** A server whose identity has every login with a token, and a token that all of them accept. */
async function start() {
  const { server, siteUrl, location } = await startServer({
    server: {
      identities: [
        {
          name: "everywhere",
          projectRoles: { "example-project": "viewer" },
          oidcAuth: {},
          jwtAuth: {},
          spiffeAuth: {
            trustDomain: "example.org",
            allowedSpiffeIds: [spiffeId],
            allowedAudiences: ["infisical"],
          },
          kubernetesAuth: { reviews: { "token-of-a-pod": { username: "system:serviceaccount:shop:api" } } },
        },
      ],
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "infisical-sdk-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tokenPath = join(folder, "token");
  writeFileSync(tokenPath, "token-of-a-pod\n");
  const identityId = server.identities[0]?.identityId ?? "";
  const token = () => server.tokenIssuer.issueToken({ sub: spiffeId, aud: "infisical" });
  const list = (client: InfisicalSDK) => client.secrets().listSecrets(location);
  return { server, siteUrl, identityId, token, tokenPath, list };
}

test("each login of auth() returns the umbrella, and so does its renewal", async () => {
  const { server, siteUrl, identityId, token, tokenPath, list } = await start();
  const client = new InfisicalSDK({ siteUrl, clock: server.clock });
  const { oidcAuth, jwtAuth, spiffeAuth, kubernetesAuth } = client.auth();
  for (const { login, renew } of [oidcAuth, jwtAuth, spiffeAuth]) {
    expect(await login({ identityId, token })).toBe(client);
    expect(await renew()).toBe(client);
    await list(client);
  }
  expect(await kubernetesAuth.login({ identityId, tokenPath })).toBe(client);
  expect(await kubernetesAuth.renew()).toBe(client);
  await list(client);
  const logins = server.requests.filter(({ path }) => path.endsWith("/login"));
  expect(logins.map(({ path, status }) => [path.split("/").at(-2), status])).toEqual([
    ["oidc-auth", 200],
    ["jwt-auth", 200],
    ["spiffe-auth", 200],
    ["kubernetes-auth", 200],
  ]);
});

test("as an option of the client, each logs in on the first call", async () => {
  const { server, siteUrl, identityId, token, tokenPath, list } = await start();
  const strategies = [
    oidcAuth({ identityId, token }),
    jwtAuth({ identityId, token }),
    spiffeAuth({ identityId, token }),
    kubernetesAuth({ identityId, tokenPath }),
  ];
  for (const auth of strategies) await list(new InfisicalSDK({ siteUrl, auth, clock: server.clock }));
  expect(server.requests.map(({ status }) => status)).toEqual(Array(8).fill(200));
});

test("the identity of a pod comes from INFISICAL_MACHINE_IDENTITY_ID by default", async () => {
  const { siteUrl, identityId, tokenPath, list } = await start();
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", identityId);
  vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH", tokenPath);
  onTestFinished(() => void vi.unstubAllEnvs());
  const client = new InfisicalSDK({ siteUrl });
  await client.auth().kubernetesAuth.login();
  await list(client);
});

test.each([oidcAuth, jwtAuth, spiffeAuth])(
  "the first login of %o checks the token, and the identity is checked at once",
  async (create) => {
    const { server, siteUrl, identityId } = await start();
    expect(() => create({ identityId: "", token: "a-token" })).toThrow(
      "identityId must be a non-empty string",
    );
    const auth = create({ identityId, token: 7 as never });
    const client = new InfisicalSDK({ siteUrl, auth });
    const error = await failureOf(client.auth().login());
    expect(error).toMatchObject({
      code: "INVALID_OPTION",
      message: "token must be a token source (a function) or a JWT.",
    });
    expect(server.requests).toHaveLength(0);
  },
);

test("a wrong option of a login leaves the session as it was", async () => {
  const { server, siteUrl, identityId, token, list } = await start();
  const client = new InfisicalSDK({ siteUrl, clock: server.clock });
  await client.auth().oidcAuth.login({ identityId, token });
  const before = client.auth().getAccessToken();
  await failureOf(client.auth().kubernetesAuth.login({ identityId: "", tokenPath: "/nowhere" }));
  expect(client.auth().getAccessToken()).toBe(before);
  await list(client);
});
