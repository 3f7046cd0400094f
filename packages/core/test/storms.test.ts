import { createTestServer, type TestServer, type TestServerOptions } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { strategyFor } from "#test-kit";
import type { Client, ClientOptions, Clock, Transport } from "../src/index.ts";
import { createClient } from "../src/index.ts";
import { listPath } from "./calls.ts";

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** A client and a server whose clock jumps to the next wait whenever nothing is in flight. */
function startStorm(options: TestServerOptions, clientOptions: ClientOptions = {}) {
  const server = createTestServer({ ...options, clock: { frozen: true } });
  const sleepers = new Set<Sleeper>();
  let inFlight = 0;
  let mostInFlight = 0;
  let isScheduled = false;
  const jump = (): void => {
    isScheduled = false;
    const next = [...sleepers].sort((a, b) => a.due - b.due)[0];
    if (inFlight > 0 || !next) return;
    server.clock.advance(Math.max(0, next.due - server.clock.now()));
    for (const sleeper of sleepers) {
      if (sleeper.due > server.clock.now()) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    schedule();
  };
  const schedule = (): void => {
    if (!isScheduled && sleepers.size > 0) setImmediate(jump);
    isScheduled ||= sleepers.size > 0;
  };
  const clock: Clock = {
    now: () => server.clock.now(),
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.add({ due: server.clock.now() + milliseconds, wake });
        schedule();
      }),
  };
  const transport: Transport = async (request) => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    try {
      return await server.transport(request);
    } finally {
      inFlight -= 1;
      schedule();
    }
  };
  const client = createClient({ auth: strategyFor(server), transport, clock, ...clientOptions });
  return { server, client, mostInFlight: () => mostInFlight };
}

function read(client: Client, server: TestServer): Promise<unknown> {
  const query = { workspaceId: server.projects[0]?.id, environment: "dev" };
  return client.request({ method: "GET", path: listPath, query });
}

/** Makes many calls at once, and counts. */
async function storm(client: Client, server: TestServer, calls: number) {
  await client.auth().login();
  const before = server.requests.length;
  const outcomes = await Promise.allSettled(Array.from({ length: calls }, () => read(client, server)));
  const failed = outcomes.filter(({ status }) => status === "rejected");
  return { succeeded: calls - failed.length, failed, requests: server.requests.length - before };
}

describe("500 calls at once", () => {
  test.each([
    ["Cloud's free plan", { secrets: 120 }],
    ["a limit that is smaller than what is in flight at first", { secrets: 25 }],
    ["a limit that is just not met", { secrets: 500 }],
    ["a limit that the last call meets", { secrets: 499 }],
  ] as const)("against %s all succeed, with at most 1.2 requests each", async (_, rateLimits) => {
    const { server, client } = startStorm({ rateLimits });
    const { succeeded, requests } = await storm(client, server, 500);
    expect(succeeded).toBe(500);
    expect(requests).toBeLessThanOrEqual(600);
  });

  test("that all get a 503 send at most 100 requests more, and fail with the server's answer", async () => {
    const { server, client } = startStorm({});
    server.fail({ path: listPath, times: 100_000 }, { status: 503 });
    const { failed, requests } = await storm(client, server, 500);
    expect(failed).toHaveLength(500);
    expect(requests).toBeLessThanOrEqual(620);
    expect((failed[0] as PromiseRejectedResult).reason).toMatchObject({ statusCode: 503 });
  });

  test("that all get a 429 do not wait forever, and send few requests", async () => {
    const { server, client } = startStorm({});
    server.fail({ path: listPath, times: 100_000 }, { rateLimit: { retryAfter: 1 } });
    const { failed, requests } = await storm(client, server, 500);
    expect(failed).toHaveLength(500);
    expect(requests).toBeLessThanOrEqual(100);
    const errors = failed.map((outcome) => (outcome as PromiseRejectedResult).reason);
    expect(errors.every(({ code }) => code === "RATE_LIMITED")).toBe(true);
    expect(errors.filter(({ attempts }) => attempts === 0).length).toBeGreaterThan(400);
  });
});

test("after a limit that says nothing of what is left, requests go one by one, then more and more", async () => {
  const { server, client, mostInFlight } = startStorm({});
  server.fail({ path: listPath, times: 64 }, { status: 429 });
  const { succeeded, requests } = await storm(client, server, 500);
  expect(succeeded).toBe(500);
  expect(requests).toBeLessThanOrEqual(600);
  expect(mostInFlight()).toBe(64);
});

test("what was spent on repeats comes back with successes and with time", async () => {
  const { server, client } = startStorm({}, { retry: { limit: 1 } });
  await client.auth().login();
  server.fail({ path: listPath, times: 10_000 }, { status: 503 });
  await Promise.allSettled(Array.from({ length: 500 }, () => read(client, server)));
  const repeated = async (): Promise<boolean> => {
    const before = server.requests.length;
    await read(client, server).catch(() => undefined);
    return server.requests.length - before === 2;
  };
  while (await repeated());
  server.clock.advance(1000);
  expect(await repeated()).toBe(true);
  expect(await repeated()).toBe(false);
});
