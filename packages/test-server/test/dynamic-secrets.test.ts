import { describe, expect, it } from "vitest";
import type { CredentialIssuer, DynamicSecretSeed, IssuedLease, TestServerOptions } from "../src/index.js";
import { createTestServer } from "../src/index.js";
import { login, startTest } from "./support/api.js";

const base = "/api/v1/dynamic-secrets";
const place = { projectSlug: "shop", environmentSlug: "dev", path: "/" };

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
  const test = await startTest(options(...args));
  const { api } = test;
  const lease = (fields: object = {}) =>
    api("POST", `${base}/leases`, { body: { ...place, dynamicSecretName: "cache", ...fields } });
  const renew = (id: string, fields: object = {}) =>
    api("POST", `${base}/leases/${id}/renew`, { body: { ...place, ...fields } });
  const revoke = (id: string, fields: object = {}) =>
    api("DELETE", `${base}/leases/${id}`, { body: { ...place, ...fields } });
  const get = (path: string) => api("GET", `${base}/${path}`, { query: place });
  return { ...test, lease, renew, revoke, get };
}

describe("dynamic secrets", () => {
  it("come with their inputs, checked and completed, but for what the server never gives out", async () => {
    const { api, get } = await start();
    const body = { ...place, name: "UPPER", defaultTTL: "1h" };
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
    const updated = await api("PATCH", `${base}/oauth`, { body: { ...place, data } });
    expect(updated.status).toBe(200);
    expect(updated.body.dynamicSecret.inputs).toMatchObject({ scope: "s", clientId: "c" });
    expect(updated.body.dynamicSecret.inputs.clientAuth).toEqual({ method: "client_secret_post" });
  });

  it("are refused with the input that is wrong", async () => {
    const { api } = await start();
    const { host: _host, ...inputs } = redis;
    const body = { ...place, name: "x", defaultTTL: "1h" };
    const answer = await api("POST", base, { body: { ...body, provider: { type: "redis", inputs } } });
    expect([answer.status, answer.body.message[0].path]).toEqual([422, ["provider", "inputs", "host"]]);
    const patch = { ...place, data: { inputs: { port: "6379" } } };
    const updated = await api("PATCH", `${base}/cache`, { body: patch });
    expect([updated.status, updated.body.message[0].path]).toEqual([422, ["port"]]);
    const foreign = { ...place, data: { inputs: { clientAuth: {} } } };
    const unchanged = await api("PATCH", `${base}/cache`, { body: foreign });
    expect(unchanged.status).toBe(200);
    expect(unchanged.body.dynamicSecret.inputs).not.toHaveProperty("clientAuth");
  });

  it("do not take a name twice, when made and when renamed", async () => {
    const { api } = await start();
    const provider = { type: "redis", inputs: redis };
    const create = (name: string) =>
      api("POST", base, { body: { ...place, name, provider, defaultTTL: "1h" } });
    expect((await create("cache")).status).toBe(400);
    expect((await create("other")).status).toBe(200);
    const rename = (newName: string) =>
      api("PATCH", `${base}/other`, { body: { ...place, data: { newName } } });
    expect((await rename("cache")).status).toBe(400);
    expect((await rename("third")).body.dynamicSecret.name).toBe("third");
    expect((await api("GET", `${base}/other`, { query: place })).status).toBe(404);
  });

  it("are read by viewers, leased by members and managed by both but viewers", async () => {
    const { identities: _, ...seed } = options();
    const roles = ["member", "viewer"] as const;
    const identities = roles.map((role) => ({ name: role, projectRoles: { shop: role }, universalAuth: {} }));
    const { server, api } = await startTest({
      ...seed,
      identities: [{ name: "admin", projectRoles: { shop: "admin" }, universalAuth: {} }, ...identities],
    });
    const calls = async (name: string) => {
      const token = await login(server, name);
      const body = { ...place, dynamicSecretName: "cache" };
      const read = await api("GET", `${base}/cache`, { query: place, token });
      const lease = await api("POST", `${base}/leases`, { body, token });
      const change = await api("PATCH", `${base}/cache`, { body: { ...place, data: {} }, token });
      return [read.status, lease.status, change.status, lease.body.message];
    };
    expect(await calls("member")).toEqual([200, 200, 200, undefined]);
    expect(await calls("viewer")).toEqual([200, 403, 403, "You are not allowed to lease on dynamic-secrets"]);
  });
});

describe("leases", () => {
  it("end by the server's clock", async () => {
    const { server, lease, get } = await start();
    const { id, expireAt } = (await lease()).body.lease;
    expect(Date.parse(expireAt)).toBe(server.clock.now() + 60_000);
    server.clock.advance(59_999);
    expect((await get(`leases/${id}`)).status).toBe(200);
    server.clock.advance(1);
    expect((await get(`leases/${id}`)).status).toBe(404);
    expect((await get("cache/leases")).body.leases).toEqual([]);
  });

  it("get time added to their end, as far as the maximum after their creation", async () => {
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

  it("are as many as there may be", async () => {
    const { server, lease } = await start({}, { leaseLimit: 2 });
    await lease();
    await lease();
    const answer = await lease();
    expect([answer.status, answer.body.message]).toEqual([400, "Max lease limit reached. Limit: 2"]);
    server.clock.advance(60_000);
    expect((await lease()).status).toBe(200);
  });

  it("fail to be revoked on demand, and answer with 200 all the same", async () => {
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

  it("that fail to be revoked when they end stay, and go when forced", async () => {
    const { server, lease, revoke, get } = await start();
    const { id } = (await lease()).body.lease;
    server.leases.failRevocations({ times: Number.POSITIVE_INFINITY });
    server.clock.advance(60_000);
    expect((await get(`leases/${id}`)).body.lease.status).toBe("Failed to delete");
    expect((await revoke(id)).body.lease.status).toBe("Failed to delete");
    expect((await revoke(id, { isForced: true })).status).toBe(200);
    expect(server.leases.list()).toEqual([]);
  });

  it("keep their dynamic secret from going where they cannot be revoked", async () => {
    const { server, api, lease, get } = await start();
    await lease();
    server.leases.failRevocations({ message: "no" });
    const deleted = await api("DELETE", `${base}/cache`, { body: place });
    expect(deleted.body.dynamicSecret.status).toBe("Revocation in process");
    expect((await get("cache")).body.dynamicSecret).toMatchObject({
      status: "Failed to delete",
      statusDetails: "no",
    });
    await api("DELETE", `${base}/cache`, { body: { ...place, isForced: true } });
    expect((await get("cache")).status).toBe(404);
    expect(server.leases.list()).toEqual([]);
  });

  it("are named by a template", async () => {
    const template = "app-{{randomUsername}}-{{ identity.name }}-{{dynamicSecret.name}}";
    const { lease } = await start({ usernameTemplate: template });
    expect((await lease()).body.data.DB_USERNAME).toMatch(/^app-\w{32}-admin-cache$/);
    const helper = await start({ usernameTemplate: "{{uppercase randomUsername}}" });
    expect((await helper.lease()).status).toBe(501);
    const long = await start({ usernameTemplate: "{{randomUsername}}".repeat(5) });
    expect((await long.lease()).status).toBe(400);
  });

  it("have passwords as demanded", async () => {
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

  it("of kubernetes have a route of their own", async () => {
    const inputs = {
      url: "https://k.example.com",
      clusterToken: "t",
      audiences: [],
      credentialType: "static",
      serviceAccountName: "s",
      namespace: "n",
    };
    const { api } = await start({ type: "kubernetes", inputs });
    const body = { ...place, dynamicSecretName: "cache", config: { namespace: "n" } };
    const { lease, data } = (await api("POST", `${base}/leases/kubernetes`, { body })).body;
    expect(lease.config).toEqual({ namespace: "n" });
    expect(data).toEqual({ TOKEN: expect.any(String) });
  });
});

describe("an issuer", () => {
  it("is told to issue, renew and revoke, with its statements filled in", async () => {
    const told: [string, IssuedLease][] = [];
    const issuer: CredentialIssuer = {
      issue: (lease) => void told.push(["issue", lease]),
      renew: async (lease) => void told.push(["renew", lease]),
      revoke: async (lease) => void told.push(["revoke", lease]),
    };
    const { server, lease, renew, get } = await start({}, { issuer });
    const now = server.clock.now();
    const reply = (await lease({ config: { a: 1 } })).body;
    const { DB_USERNAME: username, DB_PASSWORD: password } = reply.data;
    await renew(reply.lease.id);
    server.clock.advance(120_000);
    await get(`leases/${reply.lease.id}`);
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

  it("may bring its own credentials", async () => {
    const { lease } = await start(
      {},
      { issuer: { issue: async () => ({ OWN: 1 }), revoke: () => undefined } },
    );
    expect((await lease()).body.data).toEqual({ OWN: 1 });
  });

  it("that fails makes the server answer as a real one does", async () => {
    const fail = (): never => {
      throw new Error("connect ECONNREFUSED");
    };
    const { api, lease } = await start({}, { issuer: { check: fail, issue: fail, revoke: fail } });
    expect((await lease()).status).toBe(500);
    const body = { ...place, name: "x", provider: { type: "redis", inputs: redis }, defaultTTL: "1h" };
    expect((await api("POST", base, { body })).status).toBe(500);
    expect((await api("GET", base, { query: place })).body.dynamicSecrets).toHaveLength(1);
  });

  it.each([
    ["twice", 0],
    ["while it ends", 60_000],
  ])("revokes once, when a lease is deleted %s", async (_, passed) => {
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

  it("revokes when a lease ends, without any request", async () => {
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

  it("names the field of a dynamic secret that is wrong", () => {
    const at = 'projects[0].dynamicSecrets.dev["/"].cache';
    expect(wrong({ inputs: { ...redis, port: "1" } })).toBe(
      `${at}.inputs.port: Expected number, received string`,
    );
    expect(wrong({ type: "nope" })).toContain(`${at}.type: Invalid discriminator value`);
    expect(wrong({ defaultTTL: "1s" })).toBe(`${at}.defaultTTL: TTL must be a greater than 1min`);
    expect(wrong({ maximum: 1 })).toContain(at);
  });

  it("names an environment that is not there", () => {
    const seed = options();
    const [project] = seed.projects ?? [];
    const projects = [{ ...project, dynamicSecrets: { prod: {} } }] as TestServerOptions["projects"];
    expect(() => createTestServer({ ...seed, projects })).toThrow(
      /dynamicSecrets\.prod: .*no environment "prod"/,
    );
  });

  it("checks the issuer and the limit", () => {
    expect(() => createTestServer({ dynamicSecrets: { leaseLimit: -1 } })).toThrow(
      /dynamicSecrets\.leaseLimit/,
    );
    expect(() => createTestServer({ dynamicSecrets: { issuer: {} as never } })).toThrow(
      /dynamicSecrets\.issuer\.issue/,
    );
  });
});
