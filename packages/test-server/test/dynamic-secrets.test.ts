import { describe, expect, test } from "vitest";
import {
  type CredentialIssuer,
  createTestServer,
  type DynamicSecretSeed,
  type IssuedLease,
  type TestServerOptions,
} from "../src/index.ts";
import { login, startTest } from "./support/api.ts";

const base = "/api/v1/dynamic-secrets";
const location = { projectSlug: "shop", environmentSlug: "dev", path: "/" };

const redis = {
  host: " Redis.Example.com ",
  port: 6379,
  username: "default",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~*",
  revocationStatement: "ACL DELUSER {{ username }}",
  renewStatement: "ACL SETUSER {{username}} on # {{expiration}}",
};

function options(
  seed: Partial<DynamicSecretSeed> = {},
  dynamicSecrets?: TestServerOptions["dynamicSecrets"],
): TestServerOptions {
  const cache = { type: "redis", inputs: redis, defaultTTL: "1m", maxTTL: "1h", ...seed };
  return {
    clock: { frozen: true },
    dynamicSecrets,
    projects: [
      {
        name: "Shop",
        slug: "shop",
        environments: [{ name: "dev", slug: "dev" }],
        dynamicSecrets: { dev: { "/": { cache } } },
      },
    ],
  };
}

async function start(...args: Parameters<typeof options>) {
  const started = await startTest(options(...args));
  const { api } = started;
  const lease = (fields: object = {}) =>
    api("POST", `${base}/leases`, { body: { ...location, dynamicSecretName: "cache", ...fields } });
  const renew = (id: string, fields: object = {}) =>
    api("POST", `${base}/leases/${id}/renew`, { body: { ...location, ...fields } });
  const revoke = (id: string, fields: object = {}) =>
    api("DELETE", `${base}/leases/${id}`, { body: { ...location, ...fields } });
  const get = (path: string) => api("GET", `${base}/${path}`, { query: location });
  return { ...started, lease, renew, revoke, get };
}

describe("dynamic secrets", () => {
  test("dynamic secrets are returned with validated and completed inputs, in lists without them", async () => {
    const { api, get } = await start();
    const provider = { type: "redis", inputs: { ...redis, unknown: 1 } };
    const body = { ...location, name: "new", defaultTTL: "25h", metadata: [{ key: "a" }], provider };
    const created = await api("POST", base, { body });
    const { inputs, ...fields } = created.body.dynamicSecret;
    expect(fields).toEqual({
      id: expect.any(String),
      name: "new",
      version: 1,
      type: "redis",
      defaultTTL: "25h",
      maxTTL: null,
      folderId: expect.any(String),
      status: null,
      statusDetails: null,
      usernameTemplate: null,
      projectGatewayId: null,
      gatewayId: null,
      gatewayV2Id: null,
      gatewayPoolId: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const host = "redis.example.com";
    expect(inputs).toEqual({ ...redis, host, hostIp: host, sslRejectUnauthorized: true });
    const metadata = [{ key: "a", value: "" }];
    expect((await get("")).body.dynamicSecrets[1]).toEqual({ ...fields, metadata });
    expect((await get("new")).body.dynamicSecret).toEqual({ ...fields, metadata, inputs });
  });

  test.each([
    ["", "Name field must be at least 1 lowercase character"],
    ["k".repeat(65), "Name field must be at most 64 lowercase characters"],
    ["UPPER", "Name field can only contain lowercase letters, numbers, and hyphens"],
  ])("a dynamic secret cannot be named %j", async (name, message) => {
    const { api } = await start();
    const provider = { type: "redis", inputs: redis };
    const response = await api("POST", base, { body: { ...location, name, provider, defaultTTL: "1h" } });
    expect([response.status, response.body.message]).toMatchObject([422, [{ path: ["name"], message }]]);
  });

  test("a TTL that cannot be read is refused, or fails where it is used", async () => {
    const { api, lease } = await start();
    const create = (defaultTTL: string) => {
      const provider = { type: "redis", inputs: redis };
      return api("POST", base, { body: { ...location, name: "x", provider, defaultTTL } });
    };
    expect((await create("60")).body.message).toMatchObject([{ message: "TTL must be a greater than 1min" }]);
    expect((await create("11y")).body.message).toMatchObject([{ message: "TTL must be less than 10 years" }]);
    const empty = await create("");
    expect([empty.status, empty.body.message]).toEqual([400, "Invalid date format string: "]);
    expect((await create("1h30m")).status).toBe(200);
    expect((await lease({ dynamicSecretName: "x" })).status).toBe(500);
    expect((await lease({ ttl: "" })).status).toBe(200);
  });

  test("the responses about what is not there name it", async () => {
    const { api, lease, get } = await start();
    const message = (response: { readonly status: number; readonly body: { readonly message: string } }) => {
      expect(response.status).toBe(404);
      return response.body.message;
    };
    const elsewhere = { ...location, path: "/no/" };
    const list = (query: Record<string, string>, path = "") => api("GET", `${base}${path}`, { query });
    const id = "00000000-0000-4000-8000-000000000000";
    const change = { ...location, data: {} };
    expect([
      message(await list({ ...location, projectSlug: "nope" })),
      message(await list(elsewhere)),
      message(await get("Nope")),
      message(await api("PATCH", `${base}/Nope`, { body: change })),
      message(await lease({ dynamicSecretName: "Nope" })),
      message(await lease({ path: "/no" })),
      message(await list(elsewhere, `/leases/${id}`)),
      message(await get(`leases/${id}`)),
    ]).toEqual([
      "Project with slug 'nope' not found",
      "Folder with path '/no' in environment 'dev' not found",
      "Dynamic secret with name 'Nope in folder '/' not found",
      "Dynamic secret with name 'nope' in folder '/' not found",
      "Dynamic secret with name 'nope' in folder with path '/' not found",
      "Folder with path '/no' in environment with slug 'dev' not found",
      "Folder with path '/no' not found",
      `Dynamic secret lease with ID '${id}' not found`,
    ]);
    expect(await get("leases/no-uuid")).toMatchObject({
      status: 500,
      body: { error: "DynamicSecretLeaseFindById" },
    });
  });

  test("the server's own host and unknown variables are refused", async () => {
    const { api } = await start();
    const create = async (changes: object) => {
      const provider = { type: "redis", inputs: { ...redis, ...changes } };
      const { status, body } = await api("POST", base, {
        body: { ...location, name: "x", provider, defaultTTL: "1h" },
      });
      expect(status).toBe(400);
      return body.message;
    };
    for (const host of ["localhost", "127.1", "::1"]) {
      expect(await create({ host })).toMatch(`The host ${host} belongs to a service that is in-use by`);
    }
    expect(await create({ renewStatement: "{{password}}" })).toBe(
      "Template sanitization failed: Redis renew",
    );
    const update = { ...location, data: { inputs: { creationStatement: "{{other}}" } } };
    expect((await api("PATCH", `${base}/cache`, { body: update })).body.message).toBe(
      "Template sanitization failed: Redis creation",
    );
  });

  test.each([
    ["aws-iam", { region: "eu", accessKey: "a", secretAccessKey: "s" }, { method: "access-key" }],
    [
      "cassandra",
      { ...redis, host: "A,127.2", password: "p", localDataCenter: "l" },
      { hostIps: ["a", "127.0.0.2"] },
    ],
    [
      "ldap",
      { url: "u", binddn: "b", bindpass: "p", creationLdif: "c", revocationLdif: "r" },
      { credentialType: "dynamic" },
    ],
    ["totp", { configType: "manual", secret: "a b c" }, { secret: "abc" }],
  ])("the inputs of %s are completed", async (type, inputs, completed) => {
    const { api } = await start();
    const body = { ...location, name: "x", provider: { type, inputs }, defaultTTL: "1h" };
    const created = await api("POST", base, { body });
    expect(created.body.dynamicSecret?.inputs).toMatchObject(completed);
  });

  test("a Kubernetes cluster is reached with a token or through a gateway", async () => {
    const { api } = await start();
    const inputs = { audiences: [], credentialType: "static", serviceAccountName: "s", namespace: "n" };
    const refusal = async (changes: object) => {
      const provider = { type: "kubernetes", inputs: { ...inputs, ...changes } };
      const body = { ...location, name: "x", provider, defaultTTL: "1h" };
      return (await api("POST", base, { body })).body.message.map(({ path }: { path: string[] }) => path[2]);
    };
    expect(await refusal({})).toEqual(["clusterToken", "url"]);
    expect(await refusal({ authMethod: "gateway" })).toEqual(["gatewayId"]);
    expect(await refusal({ url: "ftp://k", clusterToken: "t" })).toEqual(["url"]);
  });

  test("a dynamic secret is refused with the name of the wrong input", async () => {
    const { api } = await start();
    const { host: _host, ...inputs } = redis;
    const body = { ...location, name: "x", defaultTTL: "1h" };
    const response = await api("POST", base, { body: { ...body, provider: { type: "redis", inputs } } });
    expect([response.status, response.body.message[0].path]).toEqual([422, ["provider", "inputs", "host"]]);
    const patch = { ...location, data: { inputs: { port: "6379" } } };
    const updated = await api("PATCH", `${base}/cache`, { body: patch });
    expect([updated.status, updated.body.message[0].path]).toEqual([422, ["port"]]);
    const foreign = { ...location, data: { inputs: { clientAuth: {} } } };
    const unchanged = await api("PATCH", `${base}/cache`, { body: foreign });
    expect(unchanged.status).toBe(200);
    expect(unchanged.body.dynamicSecret.inputs).not.toHaveProperty("clientAuth");
  });

  test("two dynamic secrets cannot have the same name, on creation or renaming", async () => {
    const { api } = await start();
    const provider = { type: "redis", inputs: redis };
    const create = (name: string) =>
      api("POST", base, { body: { ...location, name, provider, defaultTTL: "1h" } });
    expect((await create("cache")).status).toBe(400);
    expect((await create("other")).status).toBe(200);
    const rename = (newName: string) =>
      api("PATCH", `${base}/other`, { body: { ...location, data: { newName } } });
    expect((await rename("cache")).status).toBe(400);
    expect((await rename("third")).body.dynamicSecret.name).toBe("third");
    expect((await api("GET", `${base}/other`, { query: location })).status).toBe(404);
  });

  test("dynamic secrets are listed by every role, and read, leased and managed by all but viewers", async () => {
    const { identities: _, ...seed } = options();
    const roles = ["member", "viewer"] as const;
    const identities = roles.map((role) => ({ name: role, projectRoles: { shop: role }, universalAuth: {} }));
    const { server, api } = await startTest({
      ...seed,
      identities: [{ name: "admin", projectRoles: { shop: "admin" }, universalAuth: {} }, ...identities],
    });
    const calls = async (name: string) => {
      const token = await login(server, name);
      const body = { ...location, dynamicSecretName: "cache" };
      const list = await api("GET", base, { query: location, token });
      const read = await api("GET", `${base}/cache`, { query: location, token });
      const lease = await api("POST", `${base}/leases`, { body, token });
      const change = await api("PATCH", `${base}/cache`, { body: { ...location, data: {} }, token });
      return [list.status, read.status, lease.status, change.status, lease.body.message];
    };
    expect(await calls("member")).toEqual([200, 200, 200, 200, undefined]);
    expect(await calls("viewer")).toEqual([
      200,
      403,
      403,
      403,
      "You are not allowed to lease on dynamic-secrets",
    ]);
  });
});

describe("leases", () => {
  test("leases expire by the server's clock", async () => {
    const { server, lease, get } = await start();
    const { id, expireAt } = (await lease()).body.lease;
    expect(Date.parse(expireAt)).toBe(server.clock.now() + 60_000);
    server.clock.advance(59_999);
    expect((await get(`leases/${id}`)).status).toBe(200);
    server.clock.advance(1);
    expect((await get(`leases/${id}`)).status).toBe(404);
    expect((await get("cache/leases")).body.leases).toEqual([]);
  });

  test("a renewal adds to the expiry of a lease, up to the maximum after its creation", async () => {
    const { server, lease, renew, get } = await start();
    const { id, expireAt } = (await lease({ ttl: "10m" })).body.lease;
    server.clock.advance(300_000);
    const renewed = (await renew(id, { ttl: "50m" })).body.lease;
    expect(Date.parse(renewed.expireAt)).toBe(Date.parse(expireAt) + 3_000_000);
    expect((await renew(id)).body.message).toBe(
      "The requested renewal would exceed the maximum allowed lease duration. Please choose a shorter TTL",
    );
    expect((await lease({ ttl: "61m" })).body.message).toBe("TTL cannot be larger than max TTL");
    server.clock.advance(600_000);
    expect((await get(`leases/${id}`)).body.lease).toMatchObject({ id, dynamicSecret: { name: "cache" } });
  });

  test("leases beyond the limit are refused", async () => {
    const { server, lease } = await start({}, { leaseLimit: 2 });
    await lease();
    await lease();
    const response = await lease();
    expect([response.status, response.body.message]).toEqual([400, "Max lease limit reached. Limit: 2"]);
    server.clock.advance(60_000);
    expect((await lease()).status).toBe(200);
  });

  test("revocations of leases fail on demand, and the response is 200 all the same", async () => {
    const { server, lease, revoke, get } = await start();
    const { id } = (await lease()).body.lease;
    server.leases.failRevocations({ dynamicSecretName: "another" });
    server.leases.failRevocations({ message: "x".repeat(300) });
    const failed = await revoke(id);
    expect(failed.status).toBe(200);
    expect(failed.body.lease).toMatchObject({ status: "Failed to delete", statusDetails: "x".repeat(255) });
    expect(server.leases.list()).toMatchObject([
      { id, dynamicSecretName: "cache", status: "Failed to delete" },
    ]);
    expect((await revoke(id)).status).toBe(200);
    expect((await get(`leases/${id}`)).status).toBe(404);
  });

  test("an expired lease whose revocation fails stays, and is deleted when forced", async () => {
    const { server, lease, revoke, get } = await start();
    const { id } = (await lease()).body.lease;
    server.leases.failRevocations({ times: Number.POSITIVE_INFINITY });
    server.clock.advance(60_000);
    expect((await get(`leases/${id}`)).body.lease.status).toBe("Failed to delete");
    expect((await revoke(id)).body.lease.status).toBe("Failed to delete");
    expect((await revoke(id, { isForced: true })).status).toBe(200);
    expect(server.leases.list()).toEqual([]);
  });

  test("a dynamic secret stays while its leases cannot be revoked", async () => {
    const { server, api, lease, get } = await start();
    await lease();
    server.leases.failRevocations({ message: "no" });
    const deleted = await api("DELETE", `${base}/cache`, { body: location });
    expect(deleted.body.dynamicSecret.status).toBe("Revocation in process");
    expect((await get("cache")).body.dynamicSecret).toMatchObject({
      status: "Failed to delete",
      statusDetails: "no",
    });
    await api("DELETE", `${base}/cache`, { body: { ...location, isForced: true } });
    expect((await get("cache")).status).toBe(404);
    expect(server.leases.list()).toEqual([]);
  });

  test("the user of a lease is named by a template", async () => {
    const template = "app-{{randomUsername}}-{{ identity.name }}-{{dynamicSecret.name}}";
    const { lease } = await start({ usernameTemplate: template });
    expect((await lease()).body.data.DB_USERNAME).toMatch(/^app-\w{32}-admin-cache$/);
    const helper = await start({ usernameTemplate: "{{uppercase randomUsername}}" });
    expect((await helper.lease()).status).toBe(501);
    const long = await start({ usernameTemplate: "{{randomUsername}}".repeat(5) });
    expect((await long.lease()).status).toBe(400);
  });

  test("a lease is renewed without a statement, except by a provider that cannot renew", async () => {
    const { renewStatement: _, ...inputs } = redis;
    const { lease, renew } = await start({ inputs });
    expect((await renew((await lease()).body.lease.id)).status).toBe(200);
    const totp = await start({ type: "totp", inputs: { configType: "manual", secret: "s" } });
    const refused = await totp.renew((await totp.lease()).body.lease.id);
    expect([refused.status, refused.body.message]).toEqual([400, "Lease renewal is not supported for TOTPs"]);
  });

  test("the password of a lease meets the requirements", async () => {
    const required = { lowercase: 1, uppercase: 2, digits: 3, symbols: 4 };
    const inputs = {
      client: "postgres",
      host: "h",
      port: 1,
      database: "d",
      username: "u",
      password: "p",
      creationStatement: "",
      revocationStatement: "",
      passwordRequirements: { length: 20, required, allowedSymbols: "%" },
    };
    const passwordOf = async (seed: Readonly<Record<string, unknown>>): Promise<string> =>
      (await (await start({ type: "sql-database", inputs: seed })).lease()).body.data.DB_PASSWORD;
    const password = await passwordOf(inputs);
    expect(password).toHaveLength(20);
    expect(password.replace(/[^%]/g, "")).toBe("%%%%");
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z].*[A-Z]/);
    expect(password).toMatch(/\d.*\d.*\d/);
    const passwordRequirements = { length: 20, required, allowedSymbols: "" };
    expect(await passwordOf({ ...inputs, passwordRequirements })).toMatch(/(?:[-_.~!*].*){4}/);
  });

  test("kubernetes leases have a separate route", async () => {
    const inputs = {
      url: "https://k.example.com",
      clusterToken: "t",
      audiences: [],
      credentialType: "static",
      serviceAccountName: "s",
      namespace: "n",
    };
    const { api } = await start({ type: "kubernetes", inputs });
    const body = { ...location, dynamicSecretName: "cache", config: { namespace: "n" } };
    const { lease, data } = (await api("POST", `${base}/leases/kubernetes`, { body })).body;
    expect(lease.config).toEqual({ namespace: "n" });
    expect(data).toEqual({ TOKEN: expect.any(String) });
  });
});

describe("an issuer", () => {
  test("an issuer is called to issue, renew and revoke, with its statements filled in", async () => {
    const told: [string, IssuedLease][] = [];
    const issuer: CredentialIssuer = {
      issue: (lease) => void told.push(["issue", lease]),
      renew: async (lease) => void told.push(["renew", lease]),
      revoke: async (lease) => void told.push(["revoke", lease]),
    };
    const { server, lease, renew, get } = await start({}, { issuer });
    const now = server.clock.now();
    const leased = (await lease({ config: { a: 1 } })).body;
    const { DB_USERNAME: username, DB_PASSWORD: password } = leased.data;
    await renew(leased.lease.id);
    server.clock.advance(120_000);
    await get(`leases/${leased.lease.id}`);
    const common = { type: "redis", name: "cache", username, config: { a: 1 }, inputs: { port: 6379 } };
    const expiration = new Date(now + 120_000).toISOString();
    expect(told).toMatchObject([
      [
        "issue",
        {
          ...common,
          password,
          expireAt: now + 60_000,
          statement: `ACL SETUSER ${username} on >${password} ~*`,
        },
      ],
      [
        "renew",
        { ...common, expireAt: now + 120_000, statement: `ACL SETUSER ${username} on # ${expiration}` },
      ],
      ["revoke", { ...common, expireAt: now + 120_000, statement: `ACL DELUSER ${username}` }],
    ]);
  });

  test("an issuer can return its own credentials", async () => {
    const { lease } = await start(
      {},
      { issuer: { issue: async () => ({ OWN: 1 }), revoke: () => undefined } },
    );
    expect((await lease()).body.data).toEqual({ OWN: 1 });
  });

  test("a failing issuer makes the server answer as a real one does", async () => {
    const failing: string[] = [];
    const step = (name: string) => () => {
      if (failing.includes(name)) throw new Error(`user default says no_default to "secret"`);
    };
    const issuer = {
      check: step("check"),
      issue: step("issue"),
      renew: step("renew"),
      revoke: step("revoke"),
    };
    const inputs = { ...redis, password: "secret" };
    const { api, lease, renew, revoke } = await start({ inputs }, { issuer });
    const { id } = (await lease()).body.lease;
    failing.push("check", "issue", "renew", "revoke");
    const body = { ...location, name: "x", provider: { type: "redis", inputs }, defaultTTL: "1h" };
    const reason = 'user [REDACTED] says no_default to "[REDACTED]"';
    for (const [{ status, body: refusal }, failed] of [
      [await api("POST", base, { body }), "connect with provider"],
      [await lease(), "create lease from provider"],
      [await renew(id), "renew lease from provider"],
    ] as const) {
      expect([status, refusal.message]).toEqual([400, `Failed to ${failed}: ${reason}`]);
    }
    expect((await revoke(id)).body.lease.statusDetails).toBe(
      `Failed to revoke lease from provider: ${reason}`,
    );
    expect((await api("GET", base, { query: location })).body.dynamicSecrets).toHaveLength(1);
  });

  test.each([
    ["twice", 0],
    ["while it expires", 60_000],
  ])("an issuer revokes once when a lease is deleted %s", async (_, passed) => {
    let revoked = 0;
    const issuer: CredentialIssuer = {
      issue: () => undefined,
      revoke: async () => {
        revoked += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      },
    };
    const { server, lease, revoke } = await start({}, { issuer });
    const { id } = (await lease()).body.lease;
    server.clock.advance(passed);
    await Promise.all([revoke(id), revoke(id)]);
    expect(revoked).toBe(1);
    expect(server.leases.list()).toEqual([]);
  });

  test("an issuer revokes when a lease expires, without any request", async () => {
    const revoked: string[] = [];
    const issuer: CredentialIssuer = {
      issue: () => undefined,
      revoke: ({ username }) => void revoked.push(username),
    };
    const { server, lease } = await start({}, { issuer });
    const { externalEntityId } = (await lease()).body.lease;
    server.clock.advance(60_000);
    await expect.poll(() => revoked).toEqual([externalEntityId]);
  });
});

describe("the seed", () => {
  const wrong = (seed: object): string => {
    try {
      createTestServer(options(seed));
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  test("the seed check names the wrong field of a dynamic secret", () => {
    const at = 'projects[0].dynamicSecrets.dev["/"].cache';
    expect(wrong({ inputs: { ...redis, port: "1" } })).toBe(
      `${at}.inputs.port: Expected number, received string`,
    );
    expect(wrong({ type: "nope" })).toContain(`${at}.type: Invalid discriminator value`);
    expect(wrong({ defaultTTL: "1s" })).toBe(`${at}.defaultTTL: TTL must be a greater than 1min`);
    expect(wrong({ maximum: 1 })).toContain(at);
  });

  test("the seed check names an environment that does not exist", () => {
    const seed = options();
    const [project] = seed.projects ?? [];
    const projects = [{ ...project, dynamicSecrets: { prod: {} } }] as TestServerOptions["projects"];
    expect(() => createTestServer({ ...seed, projects })).toThrow(
      /dynamicSecrets\.prod: .*no environment "prod"/,
    );
  });

  test("the seed check covers the issuer and the limit", () => {
    expect(() => createTestServer({ dynamicSecrets: { leaseLimit: -1 } })).toThrow(
      /dynamicSecrets\.leaseLimit/,
    );
    expect(() => createTestServer({ dynamicSecrets: { issuer: {} as never } })).toThrow(
      /dynamicSecrets\.issuer\.issue/,
    );
  });
});
