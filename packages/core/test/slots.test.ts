import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import { createClient, type TransportRequest } from "../src/index.ts";

const read = { method: "GET", path: "/api/x" } as const;

/** A client whose transport answers only when it is told to. */
function clientWithSlots(maxConcurrent: number | undefined, timeout = 5000) {
  const underWay: { request: TransportRequest; answer: (status?: number) => void }[] = [];
  let most = 0;
  const transport = (request: TransportRequest) =>
    new Promise<{ status: number; headers: object; body: string }>((resolve) => {
      const entry = {
        request,
        answer: (status = 200) => {
          underWay.splice(underWay.indexOf(entry), 1);
          resolve({ status, headers: {}, body: JSON.stringify({ statusCode: status, message: "x" }) });
        },
      };
      underWay.push(entry);
      most = Math.max(most, underWay.length);
    });
  const options = { transport: transport as never, timeout, clock: jumpingClock(), maxConcurrent };
  const client = createClient(options);
  client.auth().accessToken("some-token");
  return { client, underWay, most: () => most };
}

const turn = () => new Promise((next) => setImmediate(next));

test.each([
  [undefined, 64],
  [1, 1],
  [7, 7],
])("with maxConcurrent %j, %i requests are under way at most, in order", async (given, count) => {
  const { client, underWay, most } = clientWithSlots(given);
  const calls = Array.from({ length: 100 }, (_, index) => client.request({ ...read, path: `/api/${index}` }));
  const order: string[] = [];
  while (order.length < 100) {
    await turn();
    const next = underWay[0];
    if (!next) continue;
    order.push(new URL(next.request.url).pathname);
    next.answer();
  }
  await Promise.all(calls);
  expect(most()).toBe(count);
  expect(order).toEqual(Array.from({ length: 100 }, (_, index) => `/api/${index}`));
});

test("a call that waits for a slot ends with its signal, and takes none", async () => {
  const { client, underWay } = clientWithSlots(1);
  const controller = new AbortController();
  const first = client.request(read);
  await turn();
  const waiting = failureOf(client.request({ ...read, signal: controller.signal }));
  const last = client.request(read);
  await turn();
  controller.abort("enough");
  expect(await waiting).toBe("enough");
  underWay[0]?.answer();
  await first;
  await turn();
  underWay[0]?.answer();
  await last;
});

test("the wait for a slot counts towards the timeout: a call that found none was not sent", async () => {
  const { client, underWay } = clientWithSlots(1);
  const first = client.request(read);
  await turn();
  for (const request of [read, { method: "POST", path: "/api/y", body: {} } as const]) {
    const error = await failureOf(client.request({ ...request, timeout: 20 }));
    expect(error).toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringMatching(/not sent within 20 ms: .*maxConcurrent/),
    });
  }
  expect(underWay).toHaveLength(1);
  underWay[0]?.answer();
  await first;
});

test("a write that gets its slot with less than half of its time left is not sent", async () => {
  const { client, underWay } = clientWithSlots(1);
  const first = client.request(read);
  await turn();
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockReturnValue(now);
  onTestFinished(() => clock.mockRestore());
  const write = failureOf(client.request({ method: "POST", path: "/api/y", body: {}, timeout: 5000 }));
  const late = client.request({ ...read, timeout: 5000 });
  await turn();
  clock.mockReturnValue(now + 2501);
  underWay[0]?.answer();
  await first;
  expect(await write).toMatchObject({ code: "UNREACHABLE" });
  await turn();
  expect(underWay.map(({ request }) => request.method)).toEqual(["GET"]);
  underWay[0]?.answer();
  await late;
});

test("a write that gets its slot with just half of its time left is sent", async () => {
  const { client, underWay } = clientWithSlots(1);
  const first = client.request(read);
  await turn();
  const clock = vi.spyOn(performance, "now").mockReturnValue(1000);
  onTestFinished(() => clock.mockRestore());
  const write = client.request({ method: "POST", path: "/api/y", body: {}, timeout: 5000 });
  await turn();
  clock.mockReturnValue(3500);
  underWay[0]?.answer();
  await first;
  await turn();
  expect(underWay.map(({ request }) => request.method)).toEqual(["POST"]);
  underWay[0]?.answer();
  await write;
});

test("a transport that never settles releases its slot when the time is up", async () => {
  let count = 0;
  const transport = () => {
    count += 1;
    return count <= 2
      ? new Promise<never>(() => undefined)
      : Promise.resolve({ status: 200, headers: {}, body: "{}" });
  };
  const client = createClient({ transport, maxConcurrent: 2, retry: false, timeout: 20 });
  client.auth().accessToken("some-token");
  await Promise.all([failureOf(client.request(read)), failureOf(client.request(read))]);
  expect(await client.request(read)).toEqual({});
});

test("no slot is held during a wait between attempts, or a login", async () => {
  let isFirst = true;
  const seen: string[] = [];
  const transport = async ({ url }: TransportRequest) => {
    const { pathname } = new URL(url);
    seen.push(pathname);
    if (pathname === "/api/login") return { status: 200, headers: {}, body: '{"accessToken":"a"}' };
    if (pathname === "/api/retried" && isFirst) {
      isFirst = false;
      return { status: 503, headers: {}, body: "" };
    }
    return { status: 200, headers: {}, body: "{}" };
  };
  let wake = (): void => undefined;
  const clock = { now: () => 0, sleep: () => new Promise<void>((resolve) => (wake = resolve)) };
  const auth = {
    name: "x",
    login: ({ http }: { http: { request<T>(request: object): Promise<T> } }) =>
      http.request<{ accessToken: string }>({ method: "POST", path: "/api/login" }),
  };
  const client = createClient({ transport, maxConcurrent: 1, clock, auth });
  const retried = client.request({ ...read, path: "/api/retried" });
  await turn();
  await client.request({ ...read, path: "/api/other" });
  wake();
  await retried;
  expect(seen).toEqual(["/api/login", "/api/retried", "/api/other", "/api/retried"]);
});

test.each([0, -1, 1.5, Number.NaN, "64", null])("maxConcurrent %j is refused", (maxConcurrent) => {
  expect(() => createClient({ maxConcurrent: maxConcurrent as number })).toThrow(
    /^maxConcurrent must be a whole number of at least 1/,
  );
});
