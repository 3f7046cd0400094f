import { createTestServer, type TestServer } from "@infisical/test-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClient, InfisicalSDK, SecretType, secrets, universalAuth } from "../src/index.ts";

let server: TestServer;
let siteUrl: string;

beforeEach(async () => {
  server = createTestServer();
  ({ siteUrl } = await server.listen());
});
afterEach(() => server.close());

const credentials = () => ({
  clientId: server.identities[0]?.clientId ?? "",
  clientSecret: server.identities[0]?.clientSecret ?? "",
});

const ways = {
  async umbrella() {
    const client = new InfisicalSDK({ siteUrl });
    await client.auth().universalAuth.login(credentials());
    return client;
  },
  async createClient() {
    return createClient({ siteUrl, auth: universalAuth(credentials()), plugins: [secrets()] });
  },
};

describe.each(Object.entries(ways))("the documented calls through %s", (_, makeClient) => {
  test("create, list, get, update and delete a secret", async () => {
    const client = await makeClient();
    const projectId = server.projects[0]?.id ?? "";

    const created = await client.secrets().createSecret("DATABASE_URL", {
      environment: "dev",
      projectId,
      secretValue: "postgres://one",
      secretComment: "Production database URL",
      secretPath: "/",
      secretReminderNote: "Rotate it",
      secretReminderRepeatDays: 30,
      skipMultilineEncoding: false,
      tagIds: [],
      type: SecretType.Shared,
    });
    expect(created.secret).toMatchObject({
      secretKey: "DATABASE_URL",
      secretValue: "postgres://one",
      version: 1,
    });

    const list = await client.secrets().listSecrets({
      environment: "dev",
      projectId,
      expandSecretReferences: true,
      includeImports: false,
      recursive: false,
      secretPath: "/",
      viewSecretValue: true,
    });
    expect(list.secrets.map(({ secretKey }) => secretKey)).toEqual(["DATABASE_URL"]);

    const updated = await client.secrets().updateSecret("DATABASE_URL", {
      environment: "dev",
      projectId,
      secretValue: "postgres://two",
      newSecretName: "DB_URL",
      type: "shared",
    });
    expect(updated.secret).toMatchObject({ secretKey: "DB_URL", secretValue: "postgres://two", version: 2 });

    const single = await client.secrets().getSecret({
      environment: "dev",
      projectId,
      secretName: "DB_URL",
      expandSecretReferences: true,
      includeImports: true,
      secretPath: "/",
      type: "shared",
      viewSecretValue: true,
    });
    expect(single.secretValue).toBe("postgres://two");

    const deleted = await client
      .secrets()
      .deleteSecret("DB_URL", { environment: "dev", projectId, secretPath: "/" });
    expect(deleted.secret.secretKey).toBe("DB_URL");
    expect((await client.secrets().listSecrets({ environment: "dev", projectId })).secrets).toEqual([]);
  });

  test("a missing secret: NOT_FOUND with its status", async () => {
    const client = await makeClient();
    const call = client
      .secrets()
      .getSecret({ environment: "dev", projectId: server.projects[0]?.id ?? "", secretName: "NO" });
    await expect(call).rejects.toMatchObject({ code: "NOT_FOUND", statusCode: 404 });
  });

  test("every accessor returns the same object on every call", async () => {
    const client = await makeClient();
    expect(client.secrets()).toBe(client.secrets());
    expect(client.auth()).toBe(client.auth());
  });
});

test("everything a client has also works when destructured", async () => {
  const client = await ways.umbrella();
  const { auth, secrets, kms, request } = client;
  const projectId = server.projects[0]?.id ?? "";
  const { listSecrets } = secrets();
  expect(await listSecrets({ projectId, environment: "dev" })).toMatchObject({ secrets: [] });
  expect(kms()).toBe(client.kms());
  expect(auth()).toBe(client.auth());
  expect(await request({ method: "GET", path: "/api/status" })).toMatchObject({ message: "Ok" });
});

test.each(["https://eu.infisical.com", null, 7])("the options %j are refused, not ignored", (options) => {
  expect(() => new InfisicalSDK(options as never)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(/^options must be/) }),
  );
});

test("logins and renewals of the umbrella return the umbrella", async () => {
  const client = new InfisicalSDK({ siteUrl });
  const auth = client.auth();
  expect(await auth.universalAuth.login(credentials())).toBe(client);
  expect(await auth.universalAuth.renew()).toBe(client);
  expect(await auth.login(universalAuth(credentials()))).toBe(client);
  expect(client.auth()).toBe(auth);
  const token = auth.getAccessToken() ?? "";
  const other = new InfisicalSDK({ siteUrl });
  expect(other.auth().accessToken(token)).toBe(other);
  await other.secrets().listSecrets({ environment: "dev", projectId: server.projects[0]?.id ?? "" });
});
