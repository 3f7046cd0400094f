import { secrets } from "@infisical/secrets";
import { createTestServer, type TestServerOptions } from "@infisical/test-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { strategyFor } from "#test-kit";
import { type ClientOptions, createClient, type Transport } from "../../core/src/index.ts";
import { type SecretsWatcher, type WatchSecretsOptions, watchSecrets } from "../src/index.ts";
import { MovedClock } from "./moved-clock.ts";
import { short } from "./start-watching.ts";

const path = "/api/v1/events/subscribe/project-events";

/** A server with a stream, and a watcher that listens to it. Both have the same clock. */
async function startStreaming(
  serverOptions: TestServerOptions = {},
  options: Partial<WatchSecretsOptions> = {},
  clientOptions: Omit<ClientOptions, "plugins"> = {},
) {
  const server = createTestServer({ eventStream: "current", clock: { frozen: true }, ...serverOptions });
  onTestFinished(() => server.close());
  const clock = new MovedClock();
  const client = createClient({
    auth: strategyFor(server),
    transport: server.transport,
    clock,
    retry: false,
    plugins: [secrets()],
    ...clientOptions,
  });
  const location = { projectId: server.projectId(), environment: "dev" };
  const watcher = watchSecrets(client, { ...location, interval: "1h", stream: true, ...options });
  onTestFinished(() => watcher.close());
  const states: string[] = [];
  watcher.addEventListener("stream", ({ state }) => void states.push(state));
  const changes: string[] = [];
  watcher.addEventListener("change", (change) => void changes.push(short(change)));
  const subscriptions = () => server.requests.filter((request) => request.path === path);
  const polls = () => server.requests.filter(({ method }) => method === "GET").length;
  const set = (value: string) => server.secrets.set({ environment: "dev", key: "A", value });
  /** Lets so much time pass, in steps in which everybody gets a turn. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= 500) {
      await settled();
      clock.advance(Math.min(500, left));
      server.clock.advance(Math.min(500, left));
    }
    await settled();
  };
  return { server, client, watcher, clock, states, changes, subscriptions, polls, set, pass };
}

/** Lets everything that needs no time happen. In process, nothing else is waited for. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function stateOf(watcher: SecretsWatcher, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    watcher.addEventListener("stream", ({ state }) => state === wanted && resolve());
  });
}

describe.each(["current", "older"] as const)("the stream of a server that is %s", (eventStream) => {
  test("tells of a change at once, however long the interval is", async () => {
    const { watcher, set, pass, changes, states } = await startStreaming({ eventStream });
    await stateOf(watcher, "open");
    await pass(1000);
    set("1");
    await pass(500);
    set("2");
    await pass(500);
    expect(changes.slice(1)).toEqual(["+A=1", "~A=2"]);
    expect(states).toEqual(["open"]);
  });

  test("lives for an hour of heartbeats, and leads to no poll by them", async () => {
    const { watcher, pass, polls, states } = await startStreaming({ eventStream }, { interval: "2h" });
    await stateOf(watcher, "open");
    await pass(1000);
    const before = polls();
    await pass(120_000);
    expect(polls()).toBe(before);
    expect(states).toEqual(["open"]);
  });

  test("that falls silent is opened again", async () => {
    const { server, watcher, pass, states, subscriptions } = await startStreaming({ eventStream });
    await stateOf(watcher, "open");
    server.fail({ path, times: 0 }, { status: 500 });
    // The server's clock stands still, so that it sends no heartbeat.
    const { clock } = server;
    Object.defineProperty(clock, "advance", { value: () => undefined });
    await pass(50_000);
    expect(states).toEqual(["open", "broken", "open"]);
    expect(subscriptions()).toHaveLength(2);
  });

  test("that ends because the token has expired is opened with a new one", async () => {
    const { server, watcher, pass, states, set, changes } = await startStreaming({ eventStream });
    await stateOf(watcher, "open");
    server.tokens.expire();
    await pass(70_000);
    expect(states).toEqual(["open", "broken", "open"]);
    set("1");
    await pass(500);
    expect(changes.at(-1)).toBe("+A=1");
  });
});

test("a change that happens while the stream is broken is found when it is open again", async () => {
  const { server, watcher, pass, states, set, changes } = await startStreaming();
  await stateOf(watcher, "open");
  server.events.drop();
  set("1");
  await pass(5000);
  expect(states).toEqual(["open", "broken", "open"]);
  expect(changes.at(-1)).toBe("+A=1");
});

test("a stream that keeps breaking is tried five times, then once with each poll", async () => {
  const { server, pass, subscriptions, states } = await startStreaming();
  server.fail({ path, times: 100 }, { status: 503 });
  await pass(5 * 60_000);
  expect(subscriptions()).toHaveLength(5);
  await pass(76 * 60_000);
  expect(subscriptions()).toHaveLength(6);
  expect(new Set(states)).toEqual(new Set(["broken"]));
});

test("a stream that the server completes is opened again at once", async () => {
  const { server, watcher, pass, states } = await startStreaming();
  await stateOf(watcher, "open");
  await pass(10_000);
  server.events.end();
  await settled();
  expect(states).toEqual(["open", "broken", "open"]);
});

test("a plan without streams is asked once, and polled ever after", async () => {
  const { pass, subscriptions, states, set, changes } = await startStreaming({ eventStream: undefined });
  await pass(1000);
  set("1");
  await pass(3 * 3_600_000);
  expect(states).toEqual(["unavailable"]);
  expect(subscriptions().map(({ status }) => status)).toEqual([400]);
  expect(changes.at(-1)).toBe("+A=1");
});

test("a transport that reads only whole responses polls", async () => {
  const server = createTestServer();
  const whole: Transport = (request) => server.transport(request);
  const { states, pass } = await startStreaming({}, {}, { transport: whole, auth: strategyFor(server) });
  await pass(1000);
  expect(states).toEqual(["unavailable"]);
});

test("a mock of a client polls", async () => {
  const list = async () => ({ secrets: [], notModified: false as const, etag: undefined });
  const mock = { secrets: () => ({ listSecretsIfChanged: list as never }) };
  const watcher = watchSecrets(mock, { projectId: "p", environment: "dev", stream: true });
  onTestFinished(() => watcher.close());
  await stateOf(watcher, "unavailable");
});

test("the sixth connection is refused, and tried again with the next polls", async () => {
  const first = await startStreaming();
  const { server, client } = first;
  const location = { projectId: server.projectId(), environment: "dev" };
  const watchers = Array.from({ length: 5 }, () =>
    watchSecrets(client, { ...location, interval: "1h", stream: true }),
  );
  const states: string[][] = watchers.map(() => []);
  for (const [index, watcher] of watchers.entries()) {
    watcher.addEventListener("stream", ({ state }) => void states[index]?.push(state));
  }
  await first.pass(60_000);
  expect(server.events.connections).toBe(5);
  expect([first.states, ...states].filter((each) => each.includes("broken"))).toHaveLength(1);
  const refused = states.findIndex((each) => each.includes("broken"));
  watchers[(refused + 1) % 5]?.close();
  await first.pass(76 * 60_000);
  expect(states[refused]?.at(-1)).toBe("open");
  for (const watcher of watchers) watcher.close();
  await settled();
  expect(server.events.connections).toBe(1);
});

test.each([
  ["close()", (watcher: SecretsWatcher) => watcher.close()],
  ["the end of the client", (_: SecretsWatcher, client: { close(): unknown }) => void client.close()],
])("%s ends the stream", async (_, end) => {
  const { server, client, watcher } = await startStreaming();
  await stateOf(watcher, "open");
  end(watcher, client);
  await expect.poll(() => server.events.connections).toBe(0);
});

test("garbage on the stream leads to polls at worst", async () => {
  const { server, watcher, pass, set, changes, states } = await startStreaming();
  await stateOf(watcher, "open");
  for (const text of [
    "}{\n\n",
    "data:\n\n",
    "event: x\ndata: {\n\n",
    "\0\n\n",
    "111\n\n",
    "data: 1\ndata: 2\n\n",
  ]) {
    server.events.send(text);
  }
  await pass(1000);
  set("1");
  await pass(1000);
  expect(changes.at(-1)).toBe("+A=1");
  expect(states).toEqual(["open"]);
});
