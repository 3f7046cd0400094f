import { expect, test } from "vitest";
import { printed, warningsOf } from "#test-kit";
import { aborted } from "./support/passing.ts";
import { location, redisInputs, start } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache", provider: "redis" } as const;

test("a server that repeats the request: the error shows no password and no statement", async () => {
  const { server, api } = await start();
  const { password, creationStatement } = redisInputs;
  const message = `cannot run ${creationStatement} as ${password}`;
  server.fail({ path: /dynamic-secrets/, times: 2 }, { status: 400, body: { message, error: "BadRequest" } });
  const provider = { type: "redis", inputs: redisInputs } as const;
  const failures = await Promise.allSettled([
    api.create({ ...location, name: "x", provider, defaultTTL: "1h" }),
    api.update("cache", { ...location, inputs: redisInputs }),
  ]);
  for (const failure of failures) {
    expect(failure.status).toBe("rejected");
    expect(printed((failure as PromiseRejectedResult).reason)).toContain("[redacted]");
    expect(printed(failure)).not.toContain(password);
    expect(printed(failure)).not.toContain(creationStatement);
  }
});

test("a lease that can neither be renewed nor revoked: no error shows its credentials", async () => {
  const { server, api, client } = await start();
  server.fail({ path: /renew$/, times: 100 }, { status: 500 });
  server.leases.failRevocations();
  const reported: unknown[] = [];
  let password = "";
  const options = { ...cache, onRevokeFailed: (...failure: unknown[]) => reported.push(failure) };
  await api.leases.use(options, async ({ data, signal }) => {
    password = data.DB_PASSWORD;
    reported.push((await aborted(server, signal, 60_000)).reason);
  });
  expect(reported).toHaveLength(2);
  const token = client.auth().getAccessToken() ?? "";
  expect(token).not.toBe("");
  for (const secret of [password, token]) expect(printed(reported)).not.toContain(secret);
});

/** How a server can quote a lease's password: plainly, as JSON, in a list of details. */
const quotes = (password: string) => ({
  error: "InternalServerError",
  message: `cannot run DROP USER "x" WITH PASSWORD '${password}'; ${JSON.stringify({ password })}`,
  details: [{ message: `${password} is in use`, [password]: true }],
});

test.each([
  [
    "the callback",
    (reported: unknown[]) => ({ onRevokeFailed: (...failure: unknown[]) => reported.push(failure) }),
  ],
  ["a process warning", () => ({})],
])("a server that quotes the leased password: %s does not show it", async (_, options) => {
  const reported: unknown[] = [];
  const warnings = warningsOf();
  const { server, api } = await start();
  let password = "";
  await api.leases.use({ ...cache, ...options(reported) }, ({ data, lease }) => {
    password = data.DB_PASSWORD;
    server.fail({ method: "DELETE" }, { status: 500, body: quotes(password) });
    expect(lease.id).not.toBe("");
  });
  await expect.poll(() => [...reported, ...warnings]).toHaveLength(1);
  const shown = printed([...reported, ...warnings]);
  expect(shown).toContain("[redacted]");
  expect(shown).not.toContain(password);
});

test("a server that quotes the leased password in a refused renewal or in a lease: nothing shows it", async () => {
  const { server, api } = await start();
  let password = "";
  const reported: unknown[] = [];
  const options = { ...cache, onRevokeFailed: (...failure: unknown[]) => reported.push(failure) };
  await api.leases.use(options, async ({ data, signal }) => {
    password = data.DB_PASSWORD;
    server.fail({ path: /renew$/ }, { status: 400, body: quotes(password) });
    server.leases.failRevocations({ message: `DROP ${password}` });
    reported.push((await aborted(server, signal, 60_000)).reason);
  });
  expect(reported).toHaveLength(2);
  expect(printed(reported)).toContain("DROP [redacted]");
  expect(printed(reported)).not.toContain(password);
});

test("credentials with quotes and line breaks are also found in JSON", async () => {
  const { server, api } = await start();
  const password = 'a"b\\c\nd';
  const { clock } = server;
  const lease = {
    id: "33d89f45-ddba-48e7-82f2-2bc7790a9ed2",
    createdAt: new Date(clock.now()).toISOString(),
    expireAt: new Date(clock.now() + 60_000).toISOString(),
  };
  const body = {
    lease,
    dynamicSecret: { id: "s", name: "cache", type: "redis" },
    data: { keys: [{ password }], TIME_REMAINING: 30 },
  };
  server.fail({ path: /leases$/ }, { status: 200, body });
  server.fail({ method: "DELETE" }, { status: 400, body: quotes(password) });
  const reported: Error[] = [];
  await api.leases.use({ ...cache, onRevokeFailed: (error) => reported.push(error) }, () => 1);
  expect(reported[0]?.message).toContain(`WITH PASSWORD '[redacted]'; {"password":"[redacted]"}`);
});
