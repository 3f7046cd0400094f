import { expect, onTestFinished, test, vi } from "vitest";
import { start as startServer } from "#test-kit";
import { awsIamAuth, InfisicalSDK } from "../src/index.ts";

const keys = { accessKeyId: "AKIATEST", secretAccessKey: "secret/key" };

async function start() {
  const credentials = [{ ...keys, arn: "arn:aws:iam::123456789012:user/tester" }];
  const { server, siteUrl, location } = await startServer({
    server: {
      identities: [
        {
          name: "robot",
          projectRoles: { "example-project": "viewer" },
          awsAuth: { credentials, accessTokenTTL: 60 },
        },
        { name: "stranger", awsAuth: { allowedAccountIds: ["999999999999"] } },
      ],
    },
  });
  vi.stubEnv("AWS_PROFILE", undefined);
  vi.stubEnv("AWS_ACCESS_KEY_ID", keys.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey);
  vi.stubEnv("AWS_SESSION_TOKEN", undefined);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const [{ identityId } = { identityId: "" }, stranger] = server.identities;
  const list = (client: InfisicalSDK) => client.secrets().listSecrets(location);
  return { server, siteUrl, identityId, strangerId: stranger?.identityId ?? "", list };
}

test("the documented AWS login and renewal return the umbrella", async () => {
  const { server, siteUrl, identityId, list } = await start();
  const client = new InfisicalSDK({ siteUrl });
  expect(await client.auth().awsIamAuth.login({ identityId })).toBe(client);
  expect(await client.auth().awsIamAuth.renew()).toBe(client);
  await list(client);
  expect(server.requests.map(({ path, status }) => [path.split("/").at(-1), status])).toEqual([
    ["login", 200],
    ["renew", 200],
    ["raw", 200],
  ]);
});

test("without options the identity comes from INFISICAL_MACHINE_IDENTITY_ID", async () => {
  const { siteUrl, identityId, list } = await start();
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", identityId);
  const client = new InfisicalSDK({ siteUrl });
  await client.auth().awsIamAuth.login();
  await list(client);
});

test("as an option of the client, it logs in on the first call", async () => {
  const { siteUrl, identityId, list } = await start();
  await list(new InfisicalSDK({ siteUrl, auth: awsIamAuth({ identityId }) }));
});

test("the first login also checks the options", async () => {
  const { server, siteUrl } = await start();
  const client = new InfisicalSDK({ siteUrl });
  const login = client.auth().awsIamAuth.login({ identityId: "" });
  await expect(login).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringContaining("identityId must be a non-empty string"),
  });
  expect(server.requests).toHaveLength(0);
});

test("a refusal is one of the umbrella's errors, with advice", async () => {
  const { siteUrl, strangerId } = await start();
  const login = new InfisicalSDK({ siteUrl }).auth().awsIamAuth.login({ identityId: strangerId });
  await expect(login).rejects.toMatchObject({
    name: "InfisicalSDKRequestError",
    code: "AUTH_FAILED",
    message: expect.stringContaining("the AWS Auth of the identity must allow its account ID"),
  });
});

test.each(['"an-id"', "", 7])(
  "an identity that cannot be one (%j) is refused before the package is loaded",
  (identityId) => {
    expect(() => awsIamAuth({ identityId: identityId as never })).toThrow(/^identityId must/);
  },
);

test.each([{ identityID: "a" }, { identityId: "" }, { identityId: "id", region: "no/region" }, "x", null])(
  "a login with %j is refused, and the session in use goes on",
  async (options) => {
    const { siteUrl, identityId, list } = await start();
    const client = new InfisicalSDK({ siteUrl, auth: awsIamAuth({ identityId }) });
    await list(client);
    const token = client.auth().getAccessToken();
    await expect(client.auth().awsIamAuth.login(options as never)).rejects.toMatchObject({
      code: "INVALID_OPTION",
    });
    await list(client);
    expect(client.auth().getAccessToken()).toBe(token);
  },
);
