import { createTestServer } from "@infisical/test-server";
import { MovedTime } from "./moved-time.mjs";
import { subjects } from "./subjects.mjs";

// One fleet in this process: node fleet.mjs SUBJECT CLIENTS PLAN
const [subject = "ours", clients = "1000", plan = "cloud-pro"] = process.argv.slice(2);

/** What Kubernetes does with a program that ends: it waits 10 seconds, twice as long each time, and at most 5 minutes. */
const firstRestart = 10_000;
const longestRestart = 300_000;

const server = createTestServer({
  rateLimits: /** @type {"cloud-pro"} */ (plan),
  clock: { frozen: true },
  log: false,
});
server.secrets.set({ environment: "dev", key: "A", value: "1" });
const time = new MovedTime(server.clock);

let sent = 0;
let refused = 0;
/** @type {typeof server.transport} */
const counted = Object.assign(
  async (/** @type {Parameters<typeof server.transport>[0]} */ request) => {
    sent += 1;
    const response = await server.transport(request);
    if (response.status === 429) refused += 1;
    return response;
  },
  { stream: server.transport.stream },
);
if (subject === "official") {
  // It uses the global fetch and the global timers.
  globalThis.fetch = /** @type {typeof fetch} */ (
    (url, init) =>
      time.during(async () => {
        const { method = "GET", headers, body } = /** @type {RequestInit} */ (init ?? {});
        const names = Object.fromEntries(new Headers(headers));
        const { pathname, search } = new URL(String(url));
        const text = body === undefined || body === null ? undefined : String(body);
        const response = await counted({ method, url: pathname + search, headers: names, body: text });
        return new Response(response.body, { status: response.status, headers: response.headers });
      })
  );
  globalThis.setTimeout = /** @type {never} */ (
    (/** @type {() => void} */ ring, /** @type {number} */ delay) => time.alarm(delay, ring)
  );
  globalThis.clearTimeout = /** @type {never} */ (
    (/** @type {import("./moved-time.mjs").Timer} */ timer) => timer && time.cancel(timer)
  );
}

const createProgram = /** @type {NonNullable<(typeof subjects)[string]>} */ (subjects[subject]);
const next = createProgram({ server, transport: counted, time });
const begin = time.now();
let starts = 0;

async function run() {
  await time.sleep(Math.random() * 1000);
  for (let failures = 0; ; failures += 1) {
    starts += 1;
    try {
      await next()();
      return time.now() - begin;
    } catch {
      await time.sleep(Math.min(firstRestart * 2 ** failures, longestRestart));
    }
  }
}

const fleet = Promise.all(Array.from({ length: Number(clients) }, run));
await time.until(fleet, subject.includes("store") ? 1 : 0);
const ready = (await fleet).sort((a, b) => a - b);
const seconds = (/** @type {number} */ index) => Math.round(/** @type {number} */ (ready[index]) / 1000);
console.log(
  JSON.stringify({
    subject,
    clients: Number(clients),
    plan,
    first: seconds(0),
    median: seconds(Math.floor(ready.length / 2)),
    last: seconds(ready.length - 1),
    sent,
    refused,
    starts,
    curve: Array.from({ length: 101 }, (_, percent) =>
      seconds(Math.min(ready.length - 1, Math.floor((percent * ready.length) / 100))),
    ),
  }),
);
