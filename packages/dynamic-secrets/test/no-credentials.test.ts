import { inspect } from "node:util";
import { expect, test } from "vitest";
import { aborted } from "./support/passing.ts";
import { place, redisInputs, start } from "./support/start.ts";

const cache = { ...place, dynamicSecretName: "cache", provider: "redis" } as const;

/** All that can be printed of a value. */
function printed(value: unknown): string {
  const stack = value instanceof Error ? value.stack : "";
  return [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value), String(value), stack].join(
    "\n",
  );
}

test("a server that repeats what it was sent: the error shows no password and no statement", async () => {
  const { server, api } = await start();
  const { password, creationStatement } = redisInputs;
  const message = `cannot run ${creationStatement} as ${password}`;
  server.fail({ path: /dynamic-secrets/, times: 2 }, { status: 400, body: { message, error: "BadRequest" } });
  const provider = { type: "redis", inputs: redisInputs } as const;
  const failures = await Promise.allSettled([
    api.create({ ...place, name: "x", provider, defaultTTL: "1h" }),
    api.update("cache", { ...place, inputs: redisInputs }),
  ]);
  for (const failure of failures) {
    expect(failure.status).toBe("rejected");
    expect(printed((failure as PromiseRejectedResult).reason)).toContain("[redacted]");
    expect(printed(failure)).not.toContain(password);
    expect(printed(failure)).not.toContain(creationStatement);
  }
});

test("a lease that is lost and one that cannot be given back: no error shows its credentials", async () => {
  const { server, api, client } = await start();
  server.fail({ path: /renew$/, times: 100 }, { status: 500 });
  server.leases.failRevocations();
  const reported: unknown[] = [];
  let password = "";
  const options = { ...cache, onGiveBackFailed: (...failure: unknown[]) => reported.push(failure) };
  await api.leases.use(options, async ({ data, signal }) => {
    password = data.DB_PASSWORD;
    reported.push((await aborted(server, signal, 60_000)).reason);
  });
  expect(reported).toHaveLength(2);
  const token = client.auth().getAccessToken() ?? "";
  expect(token).not.toBe("");
  for (const secret of [password, token]) expect(printed(reported)).not.toContain(secret);
});
