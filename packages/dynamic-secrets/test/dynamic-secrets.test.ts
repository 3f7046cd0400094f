import { expect, test } from "vitest";
import { DynamicSecretProviders, DynamicSecretStatus, SqlProviders } from "../src/index.ts";
import { exampleInputs } from "./support/example-providers.ts";
import { location, redisInputs, requestsOf, said, start } from "./support/start.ts";

test("a dynamic secret is created, read, listed, changed and deleted", async () => {
  const { api } = await start();
  const created = await api.create({
    ...location,
    name: "second",
    provider: { type: DynamicSecretProviders.Redis, inputs: redisInputs },
    defaultTTL: 3_600_000,
    maxTTL: "1d",
    metadata: { team: "shop" },
    usernameTemplate: "app-{{randomUsername}}",
  });
  expect(created).toMatchObject({
    name: "second",
    type: "redis",
    defaultTTL: "3600000",
    maxTTL: "1d",
  });
  const metadata = [{ key: "team", value: "shop" }];
  expect(await api.get("second", location)).toEqual({ ...created, metadata });
  expect((await api.list(location)).map(({ name }) => name)).toEqual(["cache", "second"]);
  const changed = await api.update("second", {
    ...location,
    provider: "redis",
    inputs: { port: 6380 },
    newName: "third",
    defaultTTL: "2h",
    maxTTL: null,
    usernameTemplate: null,
    metadata: [],
  });
  expect(changed).toMatchObject({ name: "third", defaultTTL: "2h", maxTTL: null });
  expect(changed.inputs).toMatchObject({ host: redisInputs.host, port: 6380 });
  expect(await api.delete("third", location)).toMatchObject({ id: created.id, status: null });
  expect((await api.list(location)).map(({ name }) => name)).toEqual(["cache"]);
});

test("an update sends the changes, wrapped as the server expects", async () => {
  const { server, api } = await start();
  await api.update("cache", { ...location, path: "/", maxTTL: 7_200_000 });
  const [request] = requestsOf(server);
  expect(request && said(request)).toEqual({
    method: "PATCH",
    path: "/api/v1/dynamic-secrets/cache",
    query: {},
    body: { ...location, path: "/", data: { maxTTL: "7200000" } },
  });
});

test("deleting a dynamic secret with leases reports that they are being revoked", async () => {
  const { server, api } = await start();
  await api.leases.create({ ...location, dynamicSecretName: "cache" });
  expect(await api.delete("cache", location)).toMatchObject({ status: DynamicSecretStatus.Deleting });
  await expect(api.get("cache", location)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(server.leases.list()).toEqual([]);
});

test("deleting a dynamic secret that does not exist: NOT_FOUND", async () => {
  const { api } = await start();
  await expect(api.delete("missing", location)).rejects.toMatchObject({
    code: "NOT_FOUND",
    statusCode: 404,
  });
});

/** Providers that are newer than the test server. */
const newer = ["kafka", "oauth2", "tailscale"];

test.each(Object.entries(exampleInputs).filter(([type]) => !newer.includes(type)))(
  "%s: its type requires the inputs that the server requires",
  async (type, inputs) => {
    const { api } = await start();
    const provider = { type, inputs: { ...inputs } };
    const options = { ...location, name: "example", defaultTTL: "1h" };
    expect(await api.create({ ...options, provider })).toMatchObject({ type, inputs: {} });
    for (const missing of Object.keys(inputs)) {
      if (type === "redis" && ["password", "renewStatement"].includes(missing)) continue;
      const { [missing]: _, ...others } = provider.inputs as Record<string, unknown>;
      const call = api.create({ ...options, provider: { type, inputs: others } });
      await expect(call).rejects.toMatchObject({
        code: "VALIDATION_FAILED",
        // The server tries every kind of LDAP credentials, and does not say which one comes closest.
        message: expect.stringContaining(type === "ldap" ? "provider.inputs" : missing),
      });
    }
    const lease = await api.leases.create({ ...location, dynamicSecretName: "example", provider: type });
    expect(lease.dynamicSecret.type).toBe(type);
  },
);

test("the providers and the SQL databases have their documented names and values", () => {
  expect(DynamicSecretProviders).toMatchObject({
    SqlDatabase: "sql-database",
    Cassandra: "cassandra",
    AwsIam: "aws-iam",
    Redis: "redis",
    AwsElastiCache: "aws-elasticache",
    MongoAtlas: "mongo-db-atlas",
    ElasticSearch: "elastic-search",
    MongoDB: "mongo-db",
    RabbitMq: "rabbit-mq",
    AzureEntraID: "azure-entra-id",
    Ldap: "ldap",
    SapHana: "sap-hana",
    Snowflake: "snowflake",
    Totp: "totp",
    SapAse: "sap-ase",
  });
  expect(Object.values(DynamicSecretProviders).sort()).toEqual(Object.keys(exampleInputs).sort());
  expect(SqlProviders).toMatchObject({
    Postgres: "postgres",
    MySQL: "mysql2",
    Oracle: "oracledb",
    MsSQL: "mssql",
    SapAse: "sap-ase",
  });
});

test("a provider that the server does not know: VALIDATION_FAILED", async () => {
  const { api } = await start();
  const provider = { type: "brand-new", inputs: { anything: 1 } };
  const call = api.create({ ...location, name: "new", provider, defaultTTL: "1h" });
  await expect(call).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
});

test.each([
  [{ projectSlug: "" }, /^projectSlug must be a non-empty string, got ""\.$/],
  [{ environmentSlug: undefined }, /^environmentSlug must be a non-empty string\.$/],
  [{ path: "/a//b" }, /^path must have no empty part, .*got "\/a\/\/b"/],
  [{ path: "../up" }, /^path must have no empty part/],
])("a location such as %j is rejected before anything is sent", async (wrong, message) => {
  const { server, api } = await start();
  const options = { ...location, ...wrong } as typeof location;
  await expect(api.list(options)).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringMatching(message),
  });
  await expect(api.leases.delete("id", options)).rejects.toThrow(message);
  expect(server.requests).toEqual([]);
});

test("a missing leading slash of a path is added", async () => {
  const { server, api } = await start();
  await api.list({ ...location, path: "app" }).catch(() => undefined);
  expect(server.requests.at(-1)?.query).toMatchObject({ path: "/app" });
});

test("inputs that JSON would drop or turn into null are rejected by name", async () => {
  const { server, api } = await start();
  const update = (inputs: unknown): Promise<unknown> => api.update("cache", { ...location, inputs } as never);
  const circle: Record<string, unknown> = {};
  circle["itself"] = circle;
  for (const port of [Number.NaN, 1n, () => 1, Symbol("s"), new Map(), [undefined], new Date(Number.NaN)]) {
    await expect(update({ ...redisInputs, port })).rejects.toThrow(/^inputs\.\w+ must be JSON-serializable/);
  }
  await expect(update(circle)).rejects.toThrow(/^inputs must be/);
  expect(server.requests.filter(({ method }) => method === "PATCH")).toEqual([]);
});

test("a provider without type or inputs, and a missing name, are rejected by name", async () => {
  const { server, api } = await start();
  const create = (changes: object): Promise<unknown> =>
    api.create({
      ...location,
      name: "x",
      provider: { type: "redis", inputs: redisInputs },
      defaultTTL: "1h",
      ...changes,
    });
  await expect(create({ provider: undefined })).rejects.toThrow(
    /^provider must be an object with type, inputs/,
  );
  await expect(create({ provider: { inputs: redisInputs } })).rejects.toThrow(
    /^provider\.type must be a non-empty string/,
  );
  await expect(create({ provider: { type: "redis", inputs: "secret" } })).rejects.toThrow(
    /^provider\.inputs must be an object\.$/,
  );
  await expect(create({ name: " " })).rejects.toThrow(/^name must be a non-empty string, got " "/);
  await expect(api.leases.create({ ...location, dynamicSecretName: "" })).rejects.toThrow(
    /^dynamicSecretName must be/,
  );
  expect(server.requests).toEqual([]);
});

test("names that a path cannot contain are rejected before anything is sent", async () => {
  const { server, api } = await start();
  await expect(api.get("..", location)).rejects.toThrow(/^dynamicSecretName must not be/);
  await expect(api.leases.renew("", location)).rejects.toThrow(/^leaseId must be a non-empty string/);
  expect(server.requests).toEqual([]);
});
