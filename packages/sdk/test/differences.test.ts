import { createTestServer, type TestServer } from "@infisical/test-server";
import { afterEach, beforeEach, describe, expect, expectTypeOf, onTestFinished, test } from "vitest";
import {
  InfisicalSDK,
  InfisicalSDKError,
  InfisicalSDKRequestError,
  type ListSecretsResponse,
  type Secret,
} from "../src/index.ts";

const secretsPath = "/api/v3/secrets/raw";

let server: TestServer;
let client: InfisicalSDK;
let place: { projectId: string; environment: string };

beforeEach(async () => {
  server = createTestServer({
    projects: [
      {
        name: "Shop",
        slug: "shop",
        environments: ["dev", "prod"].map((slug) => ({ name: slug, slug })),
        tags: [{ slug: "red" }],
        secrets: {
          dev: {
            "/": { DIFF_OWN: { value: "own", tags: ["red"], metadata: { team: "core" } } },
            "/one": { DIFF_BOTH: "one" },
            "/two": { DIFF_BOTH: "two" },
          },
        },
        imports: ["/one", "/two"].map((path) => ({
          environment: "dev",
          import: { environment: "dev", path },
        })),
        approvals: [{ environment: "prod" }],
      },
    ],
    identities: [{ name: "admin", projectRoles: { shop: "admin" }, universalAuth: {} }],
  });
  const { siteUrl } = await server.listen();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  client = new InfisicalSDK({ siteUrl });
  await client.auth().universalAuth.login({ clientId, clientSecret });
  place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };
});
afterEach(() => server.close());

describe("differences from the official SDK", () => {
  test("an expired token fails every call", async () => {
    server.tokens.expire();
    expect((await client.secrets().listSecrets(place)).secrets).toHaveLength(1);
  });

  test("createSecret is sent twice after a dropped connection", async () => {
    server.fail({ method: "POST", path: `${secretsPath}/NEW` }, { drop: "after" });
    const call = client.secrets().createSecret("NEW", { ...place, secretValue: "v" });
    await expect(call).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(server.requests.filter(({ path }) => path === `${secretsPath}/NEW`)).toHaveLength(1);
  });

  test("getSecret({ includeImports }) is ignored", async () => {
    const options = { ...place, secretName: "DIFF_BOTH", includeImports: true };
    expect((await client.secrets().getSecret(options)).secretValue).toBe("two");
    expect(server.requests.at(-1)?.query).toMatchObject({ include_imports: "true" });
  });

  test("on a clash the first import wins", async () => {
    const secrets = await client.secrets().listSecretsWithImports(place);
    expect(secrets.filter(({ secretKey }) => secretKey === "DIFF_BOTH")).toMatchObject([
      { secretValue: "two", secretPath: "/two" },
    ]);
  });

  test("attachToProcessEnv overwrites existing variables and changes the returned list", async () => {
    process.env["DIFF_OWN"] = "set before";
    onTestFinished(() => {
      delete process.env["DIFF_OWN"];
      delete process.env["DIFF_BOTH"];
    });
    const options = { ...place, includeImports: true };
    const { secrets } = await client.secrets().listSecrets({ ...options, attachToProcessEnv: true });
    expect(secrets.map(({ secretKey }) => secretKey)).toEqual(["DIFF_OWN"]);
    expect(process.env).toMatchObject({ DIFF_OWN: "set before", DIFF_BOTH: "two" });
    await client.secrets().listSecrets({ ...options, attachToProcessEnv: { override: true } });
    expect(process.env["DIFF_OWN"]).toBe("own");
  });

  test("attachToProcessEnv sets NODE_OPTIONS, PATH, HTTPS_PROXY and the like", async () => {
    server.secrets.set({ environment: "dev", path: "/one", key: "DIFF_SAFE", value: "v" });
    for (const key of ["NODE_OPTIONS", "PATH", "HTTPS_PROXY"])
      server.secrets.set({ environment: "dev", path: "/one", key, value: "v" });
    const before = { ...process.env };
    onTestFinished(() => {
      delete process.env["DIFF_SAFE"];
      delete process.env["DIFF_BOTH"];
    });
    const options = { ...place, secretPath: "/one", attachToProcessEnv: { override: true } };
    const { attached } = await client.secrets().listSecrets(options);
    expect(attached?.skipped.map(({ name }) => name).sort()).toEqual(["HTTPS_PROXY", "NODE_OPTIONS", "PATH"]);
    expect(process.env).toEqual({ ...before, DIFF_SAFE: "v", DIFF_BOTH: "one" });
  });

  test("options that are unknown, or of a wrong type, are ignored or sent", async () => {
    const unknown = client.secrets().listSecrets({ ...place, secretpath: "/one" } as never);
    await expect(unknown).rejects.toThrow("secretpath is not an option; did you mean secretPath?");
    const wrong = client.secrets().listSecrets({ ...place, recursive: "yes" as never });
    await expect(wrong).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });

  test("lists may be sorted and extended in place", async () => {
    const { secrets } = await client.secrets().listSecrets(place);
    const copy = [...secrets].sort((one, other) => one.secretKey.localeCompare(other.secretKey));
    expect(copy.map(({ secretKey }) => secretKey)).toEqual(["DIFF_OWN"]);
    expectTypeOf<ListSecretsResponse["secrets"]>().toEqualTypeOf<readonly Secret[]>();
    expectTypeOf<ListSecretsResponse["secrets"]>().not.toHaveProperty("sort");
  });

  test("secretMetadata and metadata are dropped on write", async () => {
    const read = () => client.secrets().getSecret({ ...place, secretName: "NEW" });
    const given = { secretMetadata: [{ key: "k", value: "v" }], metadata: { a: "b" } };
    await client.secrets().createSecret("NEW", { ...place, ...given, secretValue: "v" });
    expect(server.requests.at(-1)?.body).toMatchObject(given);
    expect((await read()).secretMetadata).toMatchObject(given.secretMetadata);
    const changed = { secretMetadata: [{ key: "k", value: "w" }], metadata: { a: "c" } };
    await client.secrets().updateSecret("NEW", { ...place, ...changed });
    expect(server.requests.at(-1)?.body).toMatchObject(changed);
    expect((await read()).secretMetadata).toMatchObject(changed.secretMetadata);
  });

  test("imported secrets get invented dates and tags", async () => {
    const secrets = await client.secrets().listSecretsWithImports(place);
    const imported = secrets.find(({ secretKey }) => secretKey === "DIFF_BOTH");
    for (const field of ["createdAt", "updatedAt", "tags"]) expect(imported).not.toHaveProperty(field);
  });

  test("{ approval } responses come back typed as { secret }", async () => {
    const call = client
      .secrets()
      .createSecret("NEW", { ...place, environment: "prod", secretValue: "a-value" });
    await expect(call).rejects.toMatchObject({
      code: "APPROVAL_REQUIRED",
      details: { id: expect.any(String), slug: expect.any(String) },
    });
  });

  test("wrong types of secrets (workspaceId, tags: string[], secretMetadata: Record)", async () => {
    const [secret] = (await client.secrets().listSecrets(place)).secrets;
    expect(secret).toMatchObject({
      workspace: place.projectId,
      tags: [{ id: expect.any(String), slug: "red" }],
      secretMetadata: [{ key: "team", value: "core" }],
    });
    expect(secret).not.toHaveProperty("workspaceId");
    expectTypeOf<Secret["workspace"]>().toEqualTypeOf<string>();
    expectTypeOf<NonNullable<Secret["tags"]>[number]["slug"]>().toEqualTypeOf<string>();
    expectTypeOf<NonNullable<Secret["secretMetadata"]>[number]["key"]>().toEqualTypeOf<string>();
  });

  test("errors without fields, whose classes are not exported", async () => {
    const error: unknown = await client
      .secrets()
      .getSecret({ ...place, secretName: "NO" })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InfisicalSDKError);
    expect(error).toBeInstanceOf(InfisicalSDKRequestError);
    expect(error).toMatchObject({
      name: "InfisicalSDKRequestError",
      code: "NOT_FOUND",
      statusCode: 404,
      method: "GET",
      url: expect.stringMatching(/\/api\/v3\/secrets\/raw\/NO$/),
      requestId: expect.any(String),
    });
  });

  test("a secretPath without a slash at its start lists nothing, and fails writes with 404", async () => {
    const options = { ...place, secretPath: "one" };
    await client.secrets().createSecret("NEW", { ...options, secretValue: "v" });
    expect((await client.secrets().listSecrets(options)).secrets).toHaveLength(2);
  });

  test("wrong types of leases (expiresAt, lease.data) and of dynamic secrets (provider)", async () => {
    const { slugs } = await createDynamicSecret();
    const response = await client.dynamicSecrets().leases.create({ ...slugs, dynamicSecretName: "cache" });
    expectTypeOf(response.lease).not.toHaveProperty("expiresAt");
    expectTypeOf(response.dynamicSecret).not.toHaveProperty("provider");
    expect(Date.parse(response.lease.expireAt)).toBeGreaterThan(server.clock.now());
    expect(response.data).toHaveProperty("DB_PASSWORD");
    expect(response.dynamicSecret.type).toBe("redis");
  });

  test("the metadata of a dynamic secret is sent as a record", async () => {
    await createDynamicSecret();
    const metadata = [{ key: "team", value: "core" }];
    expect(server.requests.at(-1)).toMatchObject({ status: 200, body: { metadata } });
  });

  test("a TTL that the server cannot read is sent", async () => {
    const { slugs } = await createDynamicSecret();
    const call = client
      .dynamicSecrets()
      .leases.create({ ...slugs, dynamicSecretName: "cache", ttl: "1h30m" });
    await expect(call).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });

  test("the documented tagFilters is ignored", async () => {
    const options = { ...place, recursive: true };
    expect((await client.secrets().listSecrets({ ...options, tagFilters: ["red"] })).secrets).toHaveLength(1);
    expect((await client.secrets().listSecrets(options)).secrets).toHaveLength(3);
  });
});

async function createDynamicSecret() {
  const slugs = { projectSlug: "shop", environmentSlug: "dev" };
  const statements = {
    creationStatement: "ACL SETUSER {{username}}",
    revocationStatement: "ACL DELUSER {{username}}",
  };
  const inputs = { host: "redis.example.com", port: 6379, username: "default", ...statements };
  await client.dynamicSecrets().create({
    ...slugs,
    name: "cache",
    provider: { type: "redis", inputs },
    defaultTTL: "1h",
    metadata: { team: "core" },
  });
  return { slugs };
}
