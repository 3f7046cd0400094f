import { createClient, type Transport } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { expect, test } from "vitest";
import { watchSecrets } from "../src/index.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { MovedClock } from "./moved-clock.ts";

const folders = 1_000;
const minutes = 60;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Counts the listeners of a signal. */
function countListeners(signal: AbortSignal): () => number {
  let count = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...listener: Parameters<typeof addEventListener>) => {
    count += 1;
    addEventListener.apply(signal, listener);
  };
  signal.removeEventListener = (...listener: Parameters<typeof removeEventListener>) => {
    count -= 1;
    removeEventListener.apply(signal, listener);
  };
  return () => count;
}

test("1,000 folders that are watched for an hour leave nothing behind", async () => {
  let requests = 0;
  const transport: Transport = async ({ headers }) => {
    requests += 1;
    const etag = '"the-same"';
    if (headers["if-none-match"] === etag) return { status: 304, headers: { etag }, body: "" };
    const body = JSON.stringify({ secrets: [], imports: [] });
    return { status: 200, headers: { etag, "content-type": "application/json" }, body };
  };
  const clock = new MovedClock();
  const client = createClient({
    transport,
    clock,
    maxConcurrent: 100,
    plugins: [secrets({ apiVersion: "v4" })],
  });
  client.auth().accessToken("a-token");
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const place = { projectId: "p", environment: "dev", interval: "1m", signal: controller.signal };
  const watchers = Array.from({ length: folders }, (_, index) =>
    watchSecrets(client, { ...place, secretPath: `/${index}` }),
  );
  const idle = async (): Promise<void> => {
    while (clock.sleeping < folders) await turn();
  };
  await idle();
  const before = collectGarbage();
  for (let minute = 0; minute < minutes; minute += 1) {
    clock.advance(75_000);
    await idle();
    clock.sleeps.length = 0;
  }
  const left = collectGarbage() - before;
  expect(requests).toBe(folders * (minutes + 1));
  expect(left).toBeLessThan(3e6);
  // All share one.
  expect([clock.sleeping, listeners()]).toEqual([folders, 1]);
  for (const watcher of watchers) watcher.close();
  await turn();
  expect([clock.sleeping, listeners()]).toEqual([0, 0]);
  await client.close();
});
