import { createTestServer } from "@infisical/test-server";
import { expect, test } from "vitest";
import type {
  ApiV3SecretsRawGet200Response,
  ApiV3SecretsRawSecretNameGet200Response,
  ApiV3SecretsRawSecretNamePost200Response,
  BaseSecretOptions,
  CreateSecretResponse,
  DeleteSecretResponse,
  GetSecretResponse,
  ListSecretsResponse,
  Secret,
  UpdateSecretResponse,
} from "../src/index.ts";
import { InfisicalSDK, SecretType } from "../src/index.ts";

// The calls of the official documentation, with ids of the test server in the place of "<your-project-id>".
async function start() {
  const server = createTestServer({
    projects: [
      {
        name: "Docs",
        slug: "docs",
        environments: [{ name: "Development", slug: "dev" }],
        tags: [{ slug: "one" }, { slug: "two" }],
        folders: { dev: ["/shared"] },
        secrets: {
          dev: {
            "/": { TAGGED: { value: "v", tags: ["one", "two"] } },
            "/foo/bar": { DATABASE_URL: "postgres://db", SECRET_TO_DELETE: "d" },
            "/shared": { IMPORTED: "i" },
          },
        },
        imports: [{ environment: "dev", path: "/foo/bar", import: { environment: "dev", path: "/shared" } }],
      },
    ],
    identities: [{ name: "app", projectRoles: { docs: "admin" }, universalAuth: {} }],
  });
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const client = new InfisicalSDK({
    siteUrl: "your-infisical-instance.com", // Optional, defaults to https://app.infisical.com
    transport: server.transport,
  });
  await client.auth().universalAuth.login({ clientId, clientSecret });
  return { client, projectId: server.projects[0]?.id ?? "" };
}

test("getting started", async () => {
  const { client, projectId } = await start();
  const allSecrets = await client.secrets().listSecrets({
    environment: "dev",
    projectId,
  });
  expect(allSecrets.secrets.map(({ secretKey }) => secretKey)).toEqual(["TAGGED"]);
});

test("list secrets", async () => {
  const { client, projectId } = await start();
  const allSecrets: ListSecretsResponse = await client.secrets().listSecrets({
    environment: "dev",
    projectId,
    expandSecretReferences: true,
    viewSecretValue: true,
    includeImports: false,
    recursive: false,
    secretPath: "/foo/bar",
  });
  const legacy: ApiV3SecretsRawGet200Response = allSecrets;
  expect(legacy.secrets.map(({ secretKey }) => secretKey).sort()).toEqual([
    "DATABASE_URL",
    "SECRET_TO_DELETE",
  ]);
  const filtered = await client.secrets().listSecrets({ environment: "dev", projectId, tagFilters: ["one"] });
  expect(filtered.secrets).toHaveLength(1);
});

test("list secrets with imports", async () => {
  const { client, projectId } = await start();
  const allSecrets = await client.secrets().listSecretsWithImports({
    environment: "dev",
    projectId,
    expandSecretReferences: true,
    viewSecretValue: true,
    recursive: false,
    secretPath: "/foo/bar",
  });
  expect(allSecrets.map(({ secretKey }) => secretKey).at(-1)).toBe("IMPORTED");
});

test("create secret", async () => {
  const { client, projectId } = await start();
  const [tagged] = (await client.secrets().listSecrets({ environment: "dev", projectId })).secrets;
  const options: BaseSecretOptions & { secretValue: string } = {
    environment: "dev",
    projectId,
    secretValue: "SECRET_VALUE",
    secretComment: "This is a new secret", // Optional
    secretPath: "/foo/bar", // Optional
    secretReminderNote: "This is a reminder note", // Optional
    secretReminderRepeatDays: 7, // Optional
    skipMultilineEncoding: false, // Optional
    tagIds: tagged?.tags?.map(({ id }) => id) ?? [], // Optional
    type: "shared", // Optional
  };
  const newSecret: CreateSecretResponse = await client.secrets().createSecret("SECRET_NAME", options);
  const legacy: ApiV3SecretsRawSecretNamePost200Response = newSecret;
  expect(legacy.secret).toMatchObject({ secretKey: "SECRET_NAME", secretComment: "This is a new secret" });
  // As documented, but a machine identity has no personal secrets.
  const personal = client.secrets().createSecret("SECRET_NAME", { ...options, type: "personal" });
  await expect(personal).rejects.toMatchObject({ code: "BAD_REQUEST", statusCode: 400 });
});

test("update secret", async () => {
  const { client, projectId } = await start();
  const updatedSecret: UpdateSecretResponse = await client.secrets().updateSecret("DATABASE_URL", {
    environment: "dev",
    projectId,
    secretValue: "UPDATED_SECRET_VALUE",
    newSecretName: "NEW_SECRET_NAME2", // Optional
    secretComment: "This is an updated secret", // Optional
    secretPath: "/foo/bar", // Optional
    secretReminderNote: "This is an updated reminder note", // Optional
    secretReminderRepeatDays: 14, // Optional
    skipMultilineEncoding: false, // Optional
    tagIds: [], // Optional
    type: SecretType.Shared, // Optional
    metadata: {
      extra: "metadata",
    },
  });
  expect(updatedSecret.secret).toMatchObject({
    secretKey: "NEW_SECRET_NAME2",
    secretValue: "UPDATED_SECRET_VALUE",
  });
});

test("get secret by name", async () => {
  const { client, projectId } = await start();
  const singleSecret: Secret = await client.secrets().getSecret({
    environment: "dev",
    projectId,
    secretName: "DATABASE_URL",
    expandSecretReferences: true, // Optional
    viewSecretValue: true, // Optional
    includeImports: true, // Optional
    secretPath: "/foo/bar", // Optional
    type: "shared", // Optional
    version: 1, // Optional
  });
  const response: GetSecretResponse = { secret: singleSecret };
  const legacy: ApiV3SecretsRawSecretNameGet200Response = response;
  expect(legacy.secret.secretValue).toBe("postgres://db");
});

test("delete secret by name", async () => {
  const { client, projectId } = await start();
  const deletedSecret: DeleteSecretResponse = await client.secrets().deleteSecret("SECRET_TO_DELETE", {
    environment: "dev",
    projectId,
    secretPath: "/foo/bar", // Optional
    type: "shared", // Optional
  });
  expect(deletedSecret.secret.secretValue).toBe("d");
});
