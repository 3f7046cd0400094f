import { describe, expect, test } from "vitest";
import type { CredentialIssuer, DynamicSecretSeed, IssuedLease, TestServerOptions } from "../src/index.ts";
import { createTestServer } from "../src/index.ts";
import { login, startTest } from "./support/api.ts";

const base = "/api/v1/dynamic-secrets";
const location = { projectSlug: "shop", environmentSlug: "dev", path: "/" };

const redis = {
  host: " Redis.Example.com ",
  port: 6379,
  username: "default",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~*",
  revocationStatement: "ACL DELUSER {{ username }}",
  renewStatement: "ACL SETUSER {{username}} on # {{expiration}} {{unknown}}",
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
  test("dynamic secrets are returned with validated and completed inputs, except those that the server never returns", async () => {
    const { api, get } = await start();
    const body = { ...location, name: "UPPER", defaultTTL: "1h" };
    const provider = { type: "redis", inputs: { ...redis, unknown: 1 } };
    const created = await api("POST", base, { body: { ...body, provider } });
    expect(created.body.dynamicSecret).toMatchObject({
      name: "upper",
      maxTTL: null,
      status: null,
      version: 1,
    });
    expect(created.body.dynamicSecret.inputs).toEqual({
      ...redis,
      host: "redis.example.com",
      sslRejectUnauthorized: true,
    });
    expect((await get("")).body.dynamicSecrets[1]).not.toHaveProperty("inputs");

    const clientAuth = { method: "client_secret_basic", clientSecret: "hidden" };
    const urls = { tokenUrl: "https://a.example.com", revocationUrl: "https://a.example.com" };
    const inputs = { grantType: "client-credentials", clientId: "c", clientAuth, ...urls };
    await api("POST", base, { body: { ...body, name: "oauth", provider: { type: "oauth2", inputs } } });
    const data = { inputs: { clientAuth: { method: "client_secret_post" }, scope: "s" } };
    const updated = await api("PATCH", `${base}/oauth`, { body: { ...location, data } });
    expect(updated.status).toBe(200);
    expect(updated.body.dynamicSecret.inputs).toMatchObject({ scope: "s", clientId: "c" });
    expect(updated.body.dynamicSecret.inputs.clientAuth).toEqual({ method: "client_secret_post" });
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

  test("dynamic secrets are read by every role, leased by members and managed by all but viewers", async () => {
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
      const read = await api("GET", `${base}/cache`, { query: location, token });
      const lease = await api("POST", `${base}/leases`, { body, token });
      const change = await api("PATCH", `${base}/cache`, { body: { ...location, data: {} }, token });
      return [read.status, lease.status, change.status, lease.body.message];
    };
    expect(await calls("member")).toEqual([200, 200, 200, undefined]);
    expect(await calls("viewer")).toEqual([200, 403, 403, "You are not allowed to lease on dynamic-secrets"]);
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
    expect((await renew(id)).body.message).toBe("TTL cannot be larger than max ttl");
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
        { ...common, expireAt: now + 120_000, statement: `ACL SETUSER ${username} on # ${expiration} ` },
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
    const fail = (): never => {
      throw new Error("connect ECONNREFUSED");
    };
    const { api, lease } = await start({}, { issuer: { check: fail, issue: fail, revoke: fail } });
    expect((await lease()).status).toBe(500);
    const body = { ...location, name: "x", provider: { type: "redis", inputs: redis }, defaultTTL: "1h" };
    expect((await api("POST", base, { body })).status).toBe(500);
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
