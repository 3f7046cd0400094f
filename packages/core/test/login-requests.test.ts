import { getEventListeners } from "node:events";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import {
  type ClientEvent,
  type ClientOptions,
  createClient,
  type HttpRequest,
  type LoginResponse,
  type Transport,
  TransportError,
  type TransportResponse,
} from "../src/index.ts";

const timeout = 4000;

const token: TransportResponse = { status: 200, headers: {}, body: '{"accessToken":"a-token"}' };

const refusal = (status: number, headers: Record<string, string> = {}): TransportResponse => ({
  status,
  headers,
  body: JSON.stringify({ statusCode: status, error: "Later", message: "later" }),
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
});

/** A client whose strategy sends one request, with these changes, and what its transport is asked. */
function loggingIn(answer: Transport, changes: Partial<HttpRequest> = {}, options: ClientOptions = {}) {
  const sent: { readonly signal: AbortSignal; readonly idempotent: boolean }[] = [];
  const events: ClientEvent[] = [];
  const client = createClient({
    siteUrl: "https://a.test",
    clock: jumpingClock(),
    timeout,
    onEvent: (event) => void events.push(event),
    transport: (request) => {
      sent.push(request);
      return answer(request);
    },
    auth: {
      name: "some-auth",
      login: ({ http }) =>
        http.request<LoginResponse>({ method: "POST", path: "/api/v1/auth/some-auth/login", ...changes }),
    },
    ...options,
  });
  return { client, sent, events, login: () => client.auth().login() };
}

/** A transport whose requests are answered by hand, in any order. */
function byHand() {
  const pending: { succeed: () => void; fail: (text: string) => void }[] = [];
  const transport: Transport = () =>
    new Promise((resolve, reject) => {
      pending.push({
        succeed: () => resolve(token),
        fail: (text) => reject(new TransportError(text, { sent: true, code: "ECONNRESET" })),
      });
    });
  return { pending, transport };
}

test.each([
  [undefined, 3],
  [{ limit: 7 }, 3],
  [{ limit: 1 }, 2],
  [{ limit: 0 }, 1],
  [false as const, 1],
])("with retry %j, a login that the server answers with 503 is sent %i times", async (retry, times) => {
  const { sent, login } = loggingIn(async () => refusal(503), {}, { retry });
  expect(await failureOf(login())).toMatchObject({ code: "SERVER_ERROR" });
  expect(sent).toHaveLength(times);
});

test.each([
  [{}, timeout / 4],
  [{ maxDelay: 300 }, 300],
])("with retry %j, a login waits %i ms at most for its next attempt", async (retry, wait) => {
  const { events, login } = loggingIn(async () => refusal(503, { "retry-after": "30" }), {}, { retry });
  await failureOf(login());
  const retries = events.filter(({ type }) => type === "retry-scheduled");
  expect(retries).toMatchObject([{ delay: wait }, { delay: wait }]);
});

test("a login with a time limit of its own gets one attempt within that, and is not sent a second time", async () => {
  const failing = loggingIn(async () => refusal(503), { timeout: 3000 });
  await failureOf(failing.login());
  expect(failing.sent).toHaveLength(1);
  const silent = loggingIn(() => new Promise(() => undefined), { timeout: 3000 });
  const error = failureOf(silent.login());
  await vi.advanceTimersByTimeAsync(2999);
  expect(silent.sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2);
  expect(await error).toMatchObject({
    code: "TIMEOUT",
    message: expect.stringContaining("No complete response within 3000 ms."),
  });
  expect(silent.sent).toHaveLength(1);
});

test.each([[{ limit: 0 }], [false as const]])(
  "with retry %j, a login without a response is not sent a second time",
  async (retry) => {
    const { sent, login } = loggingIn(() => new Promise(() => undefined), {}, { retry });
    const error = failureOf(login());
    await vi.advanceTimersByTimeAsync(timeout + 1);
    expect(await error).toMatchObject({ code: "TIMEOUT" });
    expect(sent).toHaveLength(1);
  },
);

test("a rate limit that a login with a time limit of its own meets holds for the whole client", async () => {
  const { events, login } = loggingIn(async () => refusal(429, { "retry-after": "3" }), { timeout: 3000 });
  expect(await failureOf(login())).toMatchObject({ code: "RATE_LIMITED" });
  const pauses = events.filter(({ type }) => type === "cool-down-started");
  expect(pauses).toMatchObject([{ delay: 3000 }]);
});

test("a login with a time limit of its own is sent once where nothing is retried, too", async () => {
  const { sent, login } = loggingIn(async () => refusal(503), { timeout: 3000 }, { retry: false });
  await failureOf(login());
  expect(sent).toHaveLength(1);
});

test("a login can be sent twice, unless its strategy says that it cannot", async () => {
  const usual = loggingIn(async () => token);
  await usual.login();
  expect(usual.sent).toMatchObject([{ idempotent: true }]);
  const { pending, transport } = byHand();
  const single = loggingIn(transport, { idempotent: false });
  const login = single.login();
  await vi.advanceTimersByTimeAsync(timeout - 1);
  expect(single.sent).toMatchObject([{ idempotent: false }]);
  pending[0]?.succeed();
  await login;
});

test("the attempts of a login are told as those of auth.login, or of the operation that the strategy names", async () => {
  for (const [changes, operation] of [
    [{}, "auth.login"],
    [{ operation: "some.login" }, "some.login"],
  ] as const) {
    const { events, login } = loggingIn(async () => refusal(503), changes);
    await failureOf(login());
    const retries = events.filter(({ type }) => type === "retry-scheduled");
    expect(retries).toMatchObject([{ operation }, { operation }]);
  }
});

test("a login without a response after half of the timeout is sent again, and the first success counts", async () => {
  for (const winner of [0, 1]) {
    const { pending, transport } = byHand();
    const { sent, login } = loggingIn(transport);
    const done = login();
    await vi.advanceTimersByTimeAsync(timeout / 2 - 1);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([false, false]);
    pending[winner]?.succeed();
    await done;
    expect(sent[1 - winner]?.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  }
});

test("of a login that is sent twice, the failure of one does not end the other", async () => {
  for (const loser of [0, 1]) {
    const { pending, transport } = byHand();
    const { sent, login } = loggingIn(transport, {}, { retry: { limit: 1 } });
    const done = login();
    await vi.advanceTimersByTimeAsync(timeout / 2);
    // Each of them has one more attempt.
    pending[loser]?.fail("first loss");
    await vi.advanceTimersByTimeAsync(0);
    pending[2]?.fail("second loss");
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(3);
    pending[1 - loser]?.succeed();
    await done;
  }
});

test("of a login that is sent twice and fails twice, the last failure is told", async () => {
  const { pending, transport } = byHand();
  const { sent, login } = loggingIn(transport, {}, { retry: { limit: 1 } });
  const error = failureOf(login());
  await vi.advanceTimersByTimeAsync(timeout / 2);
  for (const [index, text] of ["one", "two", "three", "four"].entries()) {
    pending[index]?.fail(text);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect((await error).message).toContain("The connection broke before the response was complete: four");
  expect(sent).toHaveLength(4);
});

test("a login that has its outcome before half of the timeout is not sent again, and leaves no timer", async () => {
  for (const end of ["succeed", "fail"] as const) {
    const { pending, transport } = byHand();
    const { sent, login } = loggingIn(transport, {}, { retry: { limit: 1 } });
    const done = login().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(timeout / 2 - 1);
    pending[0]?.[end]("lost");
    await vi.advanceTimersByTimeAsync(0);
    pending[1]?.fail("lost again");
    await done;
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(timeout);
    expect(sent).toHaveLength(end === "succeed" ? 1 : 2);
  }
});

test("a signal of the strategy's ends both of its requests, with its own reason, and is let go", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const { transport } = byHand();
  const { sent, login } = loggingIn(transport, { signal });
  const error = failureOf(login());
  await vi.advanceTimersByTimeAsync(timeout / 2);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort("enough");
  expect(await error).toBe("enough");
  expect(sent.map((request) => request.signal.aborted)).toEqual([true, true]);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("a signal that outlives a login keeps no listener of it", async () => {
  const { signal } = new AbortController();
  await loggingIn(async () => token, { signal }).login();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test.each([[{}], [{ retry: false as const }]])(
  "a strategy's request whose signal has aborted is not sent, with the options %j",
  async (options) => {
    const { sent, login } = loggingIn(async () => token, { signal: AbortSignal.abort("no") }, options);
    expect(await failureOf(login())).toBe("no");
    expect(sent).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test("a login that sends its request after its client has closed leaves no timer behind, and throws nothing later", async () => {
  let send = (): void => undefined;
  let outcome: Promise<Error> | undefined;
  const { client, sent } = loggingIn(
    async () => token,
    {},
    {
      auth: {
        name: "slow-proof",
        login: async ({ http }) => {
          await new Promise<void>((resolve) => {
            send = resolve;
          });
          const request = http.request<LoginResponse>({
            method: "POST",
            path: "/api/v1/auth/slow-proof/login",
          });
          outcome = failureOf(request);
          return request;
        },
      },
    },
  );
  const controller = new AbortController();
  const { signal } = controller;
  const call = failureOf(client.request({ method: "GET", path: "/api/x", signal }));
  await vi.advanceTimersByTimeAsync(1);
  controller.abort();
  await call;
  const closed = client.close();
  await vi.advanceTimersByTimeAsync(timeout);
  await closed;
  send();
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toMatchObject({ code: "CLIENT_CLOSED" });
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(timeout);
  expect(sent).toHaveLength(0);
});
