import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestAzureMetadata, createTestGoogleMetadata } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, start as startServer } from "#test-kit";
import {
  alicloudAuth,
  azureAuth,
  gcpIamAuth,
  gcpIdTokenAuth,
  InfisicalSDK,
  jwtAuth,
  kubernetesAuth,
  ldapAuth,
  ociAuth,
  oidcAuth,
  spiffeAuth,
} from "../src/index.ts";

const spiffeId = "spiffe://example.org/shop/api";
const tenantId = "72f988bf-0000-4000-8000-000000000002";
const email = "app@acme.iam.gserviceaccount.com";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const credentials = {
  client_email: email,
  private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  private_key_id: "key-1",
};
const user = { username: "app", password: "hunter2-password" };

const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
const oracle = {
  tenancy: "ocid1.tenancy.oc1..acme",
  user: "ocid1.user.oc1..api",
  fingerprint: "20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34",
  region: "eu-frankfurt-1",
  privateKey: credentials.private_key,
};
const pair = { accessKeyId: "LTAI5tApi", accessKeySecret: "hunter2" };

/** A server whose first identity has every login of a platform, a token that those with a token accept, and the platforms. */
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
          gcpAuth: { type: "gce" },
          azureAuth: { tenantId },
          ldapAuth: { users: { [user.username]: user.password } },
          ociAuth: {
            tenancyOcid: oracle.tenancy,
            users: { [oracle.user]: { name: "api", apiKeys: { [oracle.fingerprint]: publicPem } } },
          },
          alicloudAuth: { accessKeys: [{ ...pair, arn: "acs:ram::123456:user/api" }] },
        },
        {
          name: "service account",
          projectRoles: { "example-project": "viewer" },
          gcpAuth: {
            type: "iam",
            serviceAccountKeys: {
              [email]: { "key-1": publicPem },
            },
          },
        },
      ],
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "infisical-sdk-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tokenPath = join(folder, "token");
  writeFileSync(tokenPath, "token-of-a-pod\n");
  const { tokenIssuer: issuer } = server;
  const google = createTestGoogleMetadata({ issuer, claims: { iss: "https://accounts.google.com" } });
  const azure = createTestAzureMetadata({ issuer, tenantId, platform: "app-service" });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await Promise.all([google.close(), azure.close()]);
  });
  // Others lead to other platforms.
  for (const name of Object.keys(process.env)) {
    if (/^(?:GCE|GOOGLE|METADATA|AZURE|IDENTITY|MSI)_/.test(name)) vi.stubEnv(name, undefined);
  }
  const variables = { ...(await google.listen()), ...(await azure.listen()) };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const [identityId = "", signingId = ""] = server.identities.map((identity) => identity.identityId);
  const token = () => server.tokenIssuer.issueToken({ sub: spiffeId, aud: "infisical" });
  const list = (client: InfisicalSDK) => client.secrets().listSecrets(location);
  return { server, siteUrl, identityId, signingId, token, tokenPath, list };
}

test("each login of auth() returns the umbrella, and so does its renewal", async () => {
  const { server, siteUrl, identityId, signingId, token, tokenPath, list } = await start();
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
  const { gcpIdTokenAuth, gcpIamAuth, azureAuth, ldapAuth, ociAuth, alicloudAuth } = client.auth();
  for (const [{ renew }, loggedIn] of [
    [gcpIdTokenAuth, () => gcpIdTokenAuth.login({ identityId })],
    [gcpIamAuth, () => gcpIamAuth.login({ identityId: signingId, credentials })],
    [azureAuth, () => azureAuth.login({ identityId })],
    [ldapAuth, () => ldapAuth.login({ identityId, ...user })],
    [ociAuth, () => ociAuth.login({ identityId, ...oracle })],
    [alicloudAuth, () => alicloudAuth.login({ identityId, ...pair })],
  ] as const) {
    expect(await loggedIn()).toBe(client);
    expect(await renew()).toBe(client);
    await list(client);
  }
  const logins = server.requests.filter(({ path }) => path.endsWith("/login"));
  expect(logins.map(({ path, status }) => [path.split("/").at(-2), status])).toEqual([
    ["oidc-auth", 200],
    ["jwt-auth", 200],
    ["spiffe-auth", 200],
    ["kubernetes-auth", 200],
    ["gcp-auth", 200],
    ["gcp-auth", 200],
    ["azure-auth", 200],
    ["ldap-auth", 200],
    ["oci-auth", 200],
    ["alicloud-auth", 200],
  ]);
});

test("as an option of the client, each logs in on the first call", async () => {
  const { server, siteUrl, identityId, signingId, token, tokenPath, list } = await start();
  const strategies = [
    oidcAuth({ identityId, token }),
    jwtAuth({ identityId, token }),
    spiffeAuth({ identityId, token }),
    kubernetesAuth({ identityId, tokenPath }),
    gcpIdTokenAuth({ identityId }),
    gcpIamAuth({ identityId: signingId, credentials }),
    azureAuth({ identityId }),
    ldapAuth({ identityId, ...user }),
    ociAuth({ identityId, ...oracle }),
    alicloudAuth({ identityId, ...pair }),
  ];
  for (const auth of strategies) await list(new InfisicalSDK({ siteUrl, auth, clock: server.clock }));
  expect(server.requests.map(({ status }) => status)).toEqual(Array(20).fill(200));
});

test("the identity of a program comes from INFISICAL_MACHINE_IDENTITY_ID by default", async () => {
  const { siteUrl, identityId, signingId, tokenPath, list } = await start();
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", identityId);
  vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH", tokenPath);
  const client = new InfisicalSDK({ siteUrl });
  const { kubernetesAuth, gcpIdTokenAuth, gcpIamAuth, azureAuth, ldapAuth, ociAuth, alicloudAuth } =
    client.auth();
  for (const { login } of [kubernetesAuth, gcpIdTokenAuth, azureAuth]) {
    await login();
    await list(client);
  }
  await ldapAuth.login(user);
  await list(client);
  await ociAuth.login(oracle);
  await list(client);
  await alicloudAuth.login(pair);
  await list(client);
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", signingId);
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", tokenPath);
  writeFileSync(tokenPath, JSON.stringify(credentials));
  await gcpIamAuth.login();
  await list(client);
});

test.each([
  ["gcpIdTokenAuth", gcpIdTokenAuth, { token: 7 }, "token must be a function"],
  [
    "gcpIamAuth",
    gcpIamAuth,
    { credentials: { ...credentials, private_key: 7 } },
    "credentials.private_key must",
  ],
  ["azureAuth", azureAuth, { resource: "" }, "resource must be a non-empty string"],
  ["ociAuth", ociAuth, { tenancy: oracle.tenancy }, "user must be given with tenancy"],
  ["alicloudAuth", alicloudAuth, { accessKeyId: "STS.x" }, 'accessKeyId must not begin with "STS."'],
  ["ldapAuth", ldapAuth, { username: "", password: "hunter2" }, "username must be a non-empty string"],
])("the first login of %s checks its options, and the identity is checked at once", async (...row) => {
  const [, create, options, rule] = row;
  const { server, siteUrl, identityId } = await start();
  const strategyOf = (id: string) => create({ identityId: id, ...options } as never);
  expect(() => strategyOf("")).toThrow("identityId must be a non-empty string");
  const client = new InfisicalSDK({ siteUrl, auth: strategyOf(identityId) });
  const error = await failureOf(client.auth().login());
  expect(error.code).toBe("INVALID_OPTION");
  expect(error.message).toContain(rule);
  expect(server.requests).toHaveLength(0);
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
