import type { CredentialIssuer, TestServer } from "@infisical/test-server";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { redisSays, startRedis } from "./support/redis.ts";
import { location, redisInputs, start } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache", provider: "redis" } as const;

/** Runs the statements of a dynamic secret on a Redis, as Infisical does. */
function issuerFor(port: number): CredentialIssuer {
  const run = async (statement = ""): Promise<void> => {
    const said = await redisSays(port, statement);
    if (said.startsWith("-")) throw new Error(said);
  };
  return {
    issue: ({ statement }) => run(statement),
    renew: ({ statement }) => run(statement || "PING"),
    revoke: ({ statement }) => run(statement),
  };
}

async function startWithRedis({ skip }: TestContext) {
  const redis = await startRedis();
  if (!redis) {
    process.stdout.write("skipped: this machine has no redis-server\n");
    return skip("this machine has no redis-server");
  }
  onTestFinished(() => redis.stop());
  const inputs = { ...redisInputs, renewStatement: "ACL SETUSER {{username}} on" };
  const started = await start({ seed: { inputs }, dynamicSecrets: { issuer: issuerFor(redis.port) } });
  return { ...started, port: redis.port };
}

function logsIn(port: number, data: { DB_USERNAME: string; DB_PASSWORD: string }): Promise<string> {
  return redisSays(port, `AUTH ${data.DB_USERNAME} ${data.DB_PASSWORD}`, "ACL WHOAMI");
}

test("on a real Redis, a leased credential works inside use and is refused afterwards", async (context) => {
  const { server, api, port } = await startWithRedis(context);
  const seen = await api.leases.use(cache, async ({ data }) => {
    expect(await logsIn(port, data)).toContain(data.DB_USERNAME);
    server.clock.advance(40_000);
    await expect.poll(() => end(server)).toBeGreaterThan(60_000);
    expect(await logsIn(port, data)).toContain(data.DB_USERNAME);
    return data;
  });
  expect(await redisSays(port, `AUTH ${seen.DB_USERNAME} ${seen.DB_PASSWORD}`)).toMatch(/^-WRONGPASS/);
});

test("on a real Redis, a credential whose lease expires is refused without another request", async (context) => {
  const { server, api, port } = await startWithRedis(context);
  const { data } = await api.leases.create(cache);
  expect(await logsIn(port, data)).toContain(data.DB_USERNAME);
  server.clock.advance(60_000);
  await expect
    .poll(() => redisSays(port, `AUTH ${data.DB_USERNAME} ${data.DB_PASSWORD}`))
    .toMatch(/^-WRONGPASS/);
});

test("on a real Redis, a revocation that Redis refuses is reported", async (context) => {
  const { api, port } = await startWithRedis(context);
  await api.update("cache", { ...location, inputs: { revocationStatement: "ACL NONSENSE {{username}}" } });
  const failures: (string | null | undefined)[] = [];
  const data = await api.leases.use(
    { ...cache, onRevokeFailed: (_, lease) => failures.push(lease.statusDetails) },
    (lease) => lease.data,
  );
  expect(failures).toEqual([expect.stringMatching(/^Failed to revoke lease from provider: -ERR/)]);
  expect(await logsIn(port, data)).toContain(data.DB_USERNAME);
});

function end({ clock, leases }: TestServer): number {
  return Date.parse(leases.list()[0]?.expireAt ?? "") - clock.now();
}
