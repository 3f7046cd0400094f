import type { Failure } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, start, strategyFor } from "#test-kit";
import {
  type AuthStrategy,
  type Client,
  createClient,
  type Transport,
  TransportError,
} from "../src/index.ts";
import { type Clock, systemClock } from "../src/support/time.ts";
import { list, listPath, loginPath, tokensLasting } from "./calls.ts";

test.each(["headers", "body"] as const)(
  "a response that stalls in its %s ends within its timeout",
  async (stall) => {
    const { server, client, location } = await start({ timeout: "100ms", retry: false });
    server.fail({ path: listPath }, { stall });
    expect(await failureOf(list(client, location))).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("100 ms"),
    });
  },
);

test("a call's own timeout goes before the client's", async () => {
  const { server, client } = await start({ timeout: "1m", retry: false });
  server.fail({ path: "/api/status" }, { stall: "headers" });
  const call = client.request({ method: "GET", path: "/api/status", timeout: 50 });
  expect(await failureOf(call)).toMatchObject({ code: "TIMEOUT" });
});

test("the caller's signal ends a request at once, with its own reason", async () => {
  const { server, client, location } = await start();
  await client.auth().login();
  server.fail({ path: listPath }, { stall: "body" });
  const controller = new AbortController();
  const reason = { any: "thing" };
  const call = failureOf(list(client, location, controller.signal));
  await expect.poll(() => server.requests.length).toBe(2);
  controller.abort(reason);
  expect(await call).toBe(reason);
});

test("the caller's signal ends the wait for a retry", async () => {
  const { server, client, location } = await start({ server: tokensLasting(1000, 1000) });
  server.fail({ path: listPath }, { rateLimit: { retryAfter: 30 } });
  const controller = new AbortController();
  const call = failureOf(list(client, location, controller.signal));
  await expect.poll(() => server.requests.at(-1)?.status).toBe(429);
  controller.abort("enough");
  expect(await call).toBe("enough");
});

test.each<[string, Failure]>([
  ["the client chose itself", { status: 503 }],
  ["a rate limit asks for", { rateLimit: { retryAfter: 30 } }],
])("the caller's signal ends a wait that %s, and the clock's timer with it", async (_, failure) => {
  const { server, connect, location } = await start();
  const controller = new AbortController();
  const signals: (AbortSignal | undefined)[] = [];
  const sleep: Clock["sleep"] = (_milliseconds, signal) => {
    signals.push(signal);
    controller.abort("enough");
    return new Promise(() => undefined);
  };
  const client = connect({ clock: { ...systemClock, sleep } });
  server.fail({ path: listPath }, failure);
  expect(await failureOf(list(client, location, controller.signal))).toBe("enough");
  expect(signals.at(-1)).toBe(controller.signal);
});

test("a caller who gives up waiting for a login does not end it for the others", async () => {
  const { server, client, location } = await start({ server: tokensLasting(1000, 1000) });
  server.fail({ path: loginPath }, { delay: 1000 });
  const controller = new AbortController();
  const impatient = failureOf(list(client, location, controller.signal));
  const patient = list(client, location);
  await expect.poll(() => server.requests.length).toBe(1);
  controller.abort("enough");
  expect(await impatient).toBe("enough");
  server.clock.advance(1000);
  await patient;
});

test("a signal that has aborted already sends nothing, not even a login", async () => {
  const { server, connect, location } = await start();
  const strategy = strategyFor(server);
  let logins = 0;
  const login: AuthStrategy["login"] = (context) => {
    logins += 1;
    return strategy.login(context);
  };
  const client = connect({ auth: { ...strategy, login } });
  expect(await failureOf(list(client, location, AbortSignal.abort("no")))).toBe("no");
  expect(logins).toBe(0);
  await client.auth().login();
  expect(await failureOf(list(client, location, AbortSignal.abort("no")))).toBe("no");
  expect(server.requests).toHaveLength(1);
});

/** A client of nobody, with a token, whose time is moved by hand. */
function startWithFakeTimers(transport: Transport): Client {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const client = createClient({ transport, retry: false });
  client.auth().accessToken("a-token");
  return client;
}

/** Rejects with this once its signal aborts. */
function rejectingAfterAbort(error: Error): Transport {
  return ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(error), { once: true }));
}

test("the default timeout is 10 seconds, also for a transport that ignores its signal", async () => {
  const client = startWithFakeTimers(() => new Promise<never>(() => undefined));
  let error: unknown;
  failureOf(client.request({ method: "GET", path: "/api/status" })).then((failure) => {
    error = failure;
  });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(error).toBeUndefined();
  // And a turn for a transport that answers the abort.
  await vi.advanceTimersByTimeAsync(2);
  expect(error).toMatchObject({
    code: "TIMEOUT",
    message: expect.stringContaining("No complete response within 10000 ms."),
  });
});

test.each([
  ["was not sent yet is UNREACHABLE", false, "UNREACHABLE", "No connection to the server within 10000 ms."],
  ["can have been sent is a TIMEOUT", true, "TIMEOUT", "No complete response within 10000 ms."],
])("a request whose time is over and that %s", async (_, sent, code, text) => {
  const client = startWithFakeTimers(rejectingAfterAbort(new TransportError("aborted", { sent })));
  const error = failureOf(client.request({ method: "POST", path: "/api/x", body: {} }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await error).toMatchObject({ code, message: expect.stringContaining(text) });
});

test("a timeout ends the exchange that it was for", async () => {
  let ended = false;
  const client = startWithFakeTimers(({ signal }) => {
    signal.addEventListener("abort", () => {
      ended = true;
    });
    return new Promise(() => undefined);
  });
  const error = failureOf(client.request({ method: "GET", path: "/api/status", timeout: 50 }));
  await vi.advanceTimersByTimeAsync(51);
  expect(await error).toMatchObject({ code: "TIMEOUT" });
  expect(ended).toBe(true);
});

test("what is not a signal is refused by name, before a login", async () => {
  const { server, connect, location } = await start();
  const signal = new AbortController() as unknown as AbortSignal;
  const error = await failureOf(list(connect(), location, signal));
  expect(error).toMatchObject({
    code: "INVALID_OPTION",
    message: "signal must be an AbortSignal, such as a controller's `signal`, got an object.",
  });
  expect(server.requests).toHaveLength(0);
});

test("a wait that is longer than timers can count to is not cut to none", async () => {
  const abort = new AbortController();
  const wait = systemClock.sleep(2 ** 31, abort.signal).then(() => "over");
  setTimeout(() => abort.abort("still waiting"), 20);
  await expect(wait).rejects.toBe("still waiting");
});
