import { createTestServer, type TestServer } from "@infisical/test-server";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import {
  type ApiV1DynamicSecretsDelete200Response,
  type ApiV1DynamicSecretsLeasesLeaseIdDelete200Response,
  type ApiV1DynamicSecretsLeasesPost200Response,
  type ApiV1DynamicSecretsPost200Response,
  createClient,
  DynamicSecretProviders,
  dynamicSecrets,
  InfisicalSDK,
  SqlProviders,
  type TDynamicSecretProvider,
  universalAuth,
} from "../src/index.ts";

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

const place = { projectSlug: "example-project", environmentSlug: "dev" };

async function makeClient(): Promise<InfisicalSDK> {
  const client = new InfisicalSDK({ siteUrl });
  await client.auth().universalAuth.login(credentials());
  return client;
}

test("the documented Redis snippet", async () => {
  const client = await makeClient();
  const dynamicSecret: ApiV1DynamicSecretsPost200Response["dynamicSecret"] = await client
    .dynamicSecrets()
    .create({
      provider: {
        type: DynamicSecretProviders.Redis,
        inputs: {
          host: "redis.example.com",
          port: 6479,
          username: "admin",
          password: "admin-password",
          creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
          revocationStatement: "ACL DELUSER {{username}}",
          renewStatement: "ACL SETUSER {{username}} on",
        },
      },
      defaultTTL: "1h",
      maxTTL: "24h",
      name: "redis-secret",
      ...place,
    });
  expect(dynamicSecret).toMatchObject({ name: "redis-secret", type: "redis", defaultTTL: "1h" });

  const lease: ApiV1DynamicSecretsLeasesPost200Response = await client.dynamicSecrets().leases.create({
    dynamicSecretName: "redis-secret",
    ...place,
    path: "/",
    ttl: "5m",
  });
  // As documented, the credentials are in the `data` of the result.
  expect(lease.data).toMatchObject({ DB_USERNAME: lease.lease.externalEntityId });

  const renewed = await client.dynamicSecrets().leases.renew(lease.lease.id, { ...place, ttl: "10m" });
  expect(Date.parse(renewed.lease.expireAt)).toBe(Date.parse(lease.lease.expireAt) + 600_000);
  const deletedLease: ApiV1DynamicSecretsLeasesLeaseIdDelete200Response = await client
    .dynamicSecrets()
    .leases.delete(lease.lease.id, { ...place, isForced: false });
  expect(deletedLease.lease.id).toBe(lease.lease.id);

  const deleted: ApiV1DynamicSecretsDelete200Response["dynamicSecret"] = await client
    .dynamicSecrets()
    .delete("redis-secret", place);
  expect(deleted.id).toBe(dynamicSecret.id);
});

test("the documented SQL snippet", async () => {
  const client = await makeClient();
  const provider: TDynamicSecretProvider = {
    type: DynamicSecretProviders.SqlDatabase,
    inputs: {
      client: SqlProviders.Postgres,
      host: "database.example.com",
      port: 5432,
      database: "shop",
      username: "admin",
      password: "admin-password",
      creationStatement:
        "CREATE USER \"{{username}}\" WITH ENCRYPTED PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';",
      revocationStatement: 'DROP ROLE "{{username}}";',
      renewStatement: "ALTER ROLE \"{{username}}\" VALID UNTIL '{{expiration}}';",
      ca: "",
    },
  };
  await client.dynamicSecrets().create({
    provider,
    defaultTTL: "1h",
    maxTTL: "24h",
    name: "sql-secret",
    path: "/",
    metadata: { team: "shop" },
    ...place,
  });
  const result = await client
    .dynamicSecrets()
    .leases.use({ ...place, dynamicSecretName: "sql-secret", provider: "sql-database" }, ({ data }) => {
      expectTypeOf(data.DB_PASSWORD).toBeString();
      return data.DB_USERNAME.length;
    });
  expect(result).toBe(32);
  expect(server.leases.list()).toEqual([]);
});

test("the same calls from the small packages", async () => {
  const client = createClient({ siteUrl, auth: universalAuth(credentials()), plugins: [dynamicSecrets()] });
  expect(await client.dynamicSecrets().list(place)).toEqual([]);
  expect(client.dynamicSecrets()).toBe(client.dynamicSecrets());
  const umbrella = await makeClient();
  expect(umbrella.dynamicSecrets()).toBe(umbrella.dynamicSecrets());
});
