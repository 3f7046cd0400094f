import { createClient } from "@infisical/core";
import { expectTypeOf, test } from "vitest";
import {
  type CreateDynamicSecretOptions,
  type DatabaseCredentials,
  type DynamicSecretProvider,
  DynamicSecretProviders,
  dynamicSecrets,
  type LeaseStatus,
  type ProviderInputs,
  type RedisInputs,
  SqlProviders,
  type TotpCredentials,
} from "../src/index.ts";

const api = createClient({ plugins: [dynamicSecrets()] }).dynamicSecrets();
const location = { projectSlug: "p", environmentSlug: "e" };
const common = { ...location, name: "n", defaultTTL: "1h" };
const statements = { creationStatement: "c", revocationStatement: "r" };
const address = { host: "h", port: 1, username: "u", password: "p" };

test("every provider that has a name has inputs, and vice versa", () => {
  expectTypeOf<DynamicSecretProviders>().toEqualTypeOf<keyof ProviderInputs>();
  type Constants = (typeof DynamicSecretProviders)[keyof typeof DynamicSecretProviders];
  expectTypeOf<Constants>().toEqualTypeOf<keyof ProviderInputs>();
  expectTypeOf<DynamicSecretProviders>().not.toBeAny();
});

test("a provider is named by the constant or by its value", () => {
  const inputs = { ...address, ...statements };
  api.create({ ...common, provider: { type: DynamicSecretProviders.Redis, inputs } });
  api.create({ ...common, provider: { type: "redis", inputs } });
  const client = SqlProviders.Postgres;
  api.create({ ...common, provider: { type: "sql-database", inputs: { ...inputs, client, database: "d" } } });
  api.create({
    ...common,
    provider: { type: "sql-database", inputs: { ...inputs, client: "mysql2", database: "d" } },
  });
});

test("a wrong, unknown or missing input of a known provider is an error at the input", () => {
  api.create({
    ...common,
    provider: {
      type: "redis",
      // @ts-expect-error revocationStatement is missing
      inputs: { host: "h", port: 1, username: "u", creationStatement: "c" },
    },
  });
  api.create({
    ...common,
    provider: {
      type: DynamicSecretProviders.Redis,
      inputs: {
        host: "h",
        // @ts-expect-error port is a number
        port: "6379",
        username: "u",
        ...statements,
      },
    },
  });
  api.create({
    ...common,
    provider: {
      type: "redis",
      inputs: {
        ...address,
        ...statements,
        // @ts-expect-error unknown input
        databse: "d",
      },
    },
  });
  api.create({
    ...common,
    provider: {
      type: "sql-database",
      inputs: {
        ...address,
        ...statements,
        database: "d",
        // @ts-expect-error unknown client
        client: "postgre",
      },
    },
  });
});

test("inputs that depend on one another are discriminated", () => {
  api.create({ ...common, provider: { type: "aws-iam", inputs: { region: "r", method: "irsa" } } });
  const { create } = api;
  create({ ...common, provider: { type: "totp", inputs: { configType: "manual", secret: "s" } } });
  // @ts-expect-error with the method assume-role, roleArn is missing
  create({ ...common, provider: { type: "aws-iam", inputs: { region: "r", method: "assume-role" } } });
  // @ts-expect-error without a method, secretAccessKey is missing
  create({ ...common, provider: { type: "aws-iam", inputs: { region: "r", accessKey: "a" } } });
  // @ts-expect-error with a configType of url, there is no secret
  create({ ...common, provider: { type: "totp", inputs: { configType: "url", secret: "s" } } });
  const auth = { method: "api_key", apiKey: "k" } as const;
  // @ts-expect-error OAuth keys need scopes
  create({ ...common, provider: { type: "tailscale", inputs: { auth, authType: "oauth_keys", tags: [] } } });
});

test("an unknown provider accepts any inputs", () => {
  api.create({ ...common, provider: { type: "brand-new", inputs: { anything: [1], else: {} } } });
  const provider: DynamicSecretProvider<"brand-new"> = { type: "brand-new", inputs: { anything: 1 } };
  api.create({ ...common, provider });
  const type: string = "from-a-file";
  api.create({ ...common, provider: { type, inputs: JSON.parse("{}") as Record<string, unknown> } });
  // @ts-expect-error a provider has inputs
  api.create({ ...common, provider: { type: "brand-new" } });
});

test("the union of the known providers is discriminated by type, and fits the call", () => {
  const provider = {} as DynamicSecretProvider;
  if (provider.type === "redis") expectTypeOf(provider.inputs).toEqualTypeOf<RedisInputs>();
  // @ts-expect-error not every provider has a host
  provider.inputs.host;
  api.create({ ...common, provider });
  const options = {} as CreateDynamicSecretOptions;
  api.create(options);
  const take = (_: DynamicSecretProvider): void => undefined;
  // @ts-expect-error port is missing
  take({ type: "redis", inputs: { host: "h", username: "u", ...statements } });
});

test("an update checks the inputs of the provider that it names", () => {
  api.update("n", { ...location, inputs: { anything: 1 } });
  api.update("n", { ...location, provider: "redis", inputs: { port: 6380 } });
  // @ts-expect-error port is a number
  api.update("n", { ...location, provider: "redis", inputs: { port: "6380" } });
});

test("the data of a lease has the type of the provider that the call names", () => {
  const lease = { ...location, dynamicSecretName: "n" };
  expectTypeOf(api.leases.create({ ...lease, provider: "redis" }))
    .resolves.toHaveProperty("data")
    .toEqualTypeOf<DatabaseCredentials>();
  expectTypeOf(api.leases.create({ ...lease, provider: DynamicSecretProviders.Totp }))
    .resolves.toHaveProperty("data")
    .toEqualTypeOf<TotpCredentials>();
  expectTypeOf(api.leases.create(lease))
    .resolves.toHaveProperty("data")
    .toEqualTypeOf<Readonly<Record<string, unknown>>>();
  api.leases.use({ ...lease, provider: "sql-database" }, ({ data, signal }) => {
    expectTypeOf(data).toEqualTypeOf<DatabaseCredentials>();
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    // @ts-expect-error a database user has no token
    data.TOKEN;
  });
});

test("the result of use is the function's", () => {
  const lease = { ...location, dynamicSecretName: "n" };
  expectTypeOf(api.leases.use(lease, async () => 1)).resolves.toEqualTypeOf<number>();
  expectTypeOf(api.leases.use(lease, () => "text")).resolves.toEqualTypeOf<string>();
  expectTypeOf(api.leases.use(lease, () => undefined)).resolves.toEqualTypeOf<undefined>();
});

test("the type of the status includes a failed revocation", () => {
  expectTypeOf<"Failed to delete">().toExtend<LeaseStatus>();
  expectTypeOf(api.leases.delete("id", location))
    .resolves.toHaveProperty("lease")
    .toHaveProperty("status")
    .toEqualTypeOf<LeaseStatus | undefined>();
});
