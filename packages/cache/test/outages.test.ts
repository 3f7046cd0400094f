import { inspect } from "node:util";
import type { Failure } from "@infisical/test-server";
import { expect, test, vi } from "vitest";
import type { StaleIfErrorEvent } from "../src/index.ts";
import { failureOf, getValue, start, statuses } from "./support.ts";

const minute = 60_000;
const outages: [string, Failure, string][] = [
  ["a 500", { status: 500 }, "SERVER_ERROR"],
  ["a 503", { status: 503 }, "SERVER_ERROR"],
  ["a rate limit", { rateLimit: { retryAfter: 1 } }, "RATE_LIMITED"],
  ["an older server's rate limit", { rateLimit: { retryAfter: 1, legacy: true } }, "RATE_LIMITED"],
  ["a dropped connection", { drop: "before" }, "CONNECTION_LOST"],
];

test("an outage of the server is invisible during staleIfError, and an error after it", async () => {
  const { server, siteUrl, reads, get } = await start({ cache: { staleIfError: "1h" } });
  await get();
  await server.close();
  server.clock.advance(minute);
  expect(await get()).toBe("value-1");
  server.clock.advance(60 * minute - 1);
  expect(await get()).toBe("value-1");
  server.clock.advance(1);
  expect((await failureOf(get())).code).toBe("UNREACHABLE");
  expect(reads.stats()).toMatchObject({ staleIfError: 2, entries: 1 });
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  await server.listen({ port: Number(new URL(siteUrl).port) });
  expect(await get()).toBe("value-2");
});

test.each(outages)("during staleIfError %s is invisible, and told of", async (_, failure, code) => {
  const onStaleIfError = vi.fn<(event: StaleIfErrorEvent) => void>();
  const { server, reads, get } = await start({ cache: { staleIfError: "1h", onStaleIfError } });
  await get();
  server.clock.advance(minute + 1);
  server.fail({ method: "GET" }, failure);
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ staleIfError: 1, requests: 2 });
  const event = onStaleIfError.mock.calls[0]?.[0];
  expect(event).toMatchObject({ path: "/api/v3/secrets/raw/A", age: minute + 1, error: { code } });
  expect(inspect(event, { depth: null, showHidden: true })).not.toContain("value-1");
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ staleIfError: 1, requests: 3 });
});

test("a reply that does not come in time is an outage too", async () => {
  const { server, client, place, get } = await start({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { stall: "body" });
  expect((await client.secrets().getSecret({ ...place, secretName: "A", timeout: 50 })).secretValue).toBe(
    "value-1",
  );
});

test("an outage of the login is invisible too", async () => {
  const { server, reads, get } = await start({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.tokens.revoke();
  server.fail({ method: "POST", path: /login$/ }, { status: 503 });
  expect(await get()).toBe("value-1");
  expect(reads.stats().staleIfError).toBe(1);
});

test("without staleIfError an outage is an error", async () => {
  const { server, get } = await start();
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});

test.each([401, 403, 404])(
  "after a %i the old value never stands in, not for that nor for a later outage",
  async (status) => {
    const { server, reads, get } = await start({ cache: { staleIfError: "1h" } });
    await get();
    server.clock.advance(minute);
    server.fail({ method: "GET", times: status === 401 ? 2 : 1 }, { status });
    expect((await failureOf(get())).statusCode).toBe(status);
    server.fail({ method: "GET" }, { status: 503 });
    expect((await failureOf(get())).statusCode).toBe(503);
    expect(reads.stats()).toMatchObject({ entries: 0, staleIfError: 0 });
  },
);

test("a refused login is not an outage", async () => {
  const { server, get } = await start({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.tokens.revoke();
  server.fail({ method: "POST", path: /login$/ }, { status: 401 });
  expect((await failureOf(get())).code).toBe("AUTH_FAILED");
});

test("a call that its caller ends does not cost the value that may stand in", async () => {
  const { server, client, get } = await start({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { stall: "headers" });
  const controller = new AbortController();
  const call = failureOf(getValue(client, server, controller.signal));
  await expect.poll(() => statuses(server)).toHaveLength(2);
  controller.abort(new Error("enough"));
  expect(await call).toEqual(new Error("enough"));
  server.fail({ method: "GET" }, { status: 503 });
  expect(await get()).toBe("value-1");
});

test("a callback that throws does not cost the caller the value", async () => {
  const onStaleIfError = (): void => {
    throw new Error("the log is full");
  };
  const { server, get } = await start({ cache: { staleIfError: "1h", onStaleIfError } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect(await get()).toBe("value-1");
});
