import { expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import type { AuthStrategy } from "../src/index.ts";
import {
  clientOf,
  failureOf,
  inProject,
  list,
  listPath,
  loginPath,
  startServer,
  startServerWithTokens,
  strategyFor,
} from "./support.ts";

test.each(["headers", "body"] as const)(
  "a reply that stalls in its %s ends within its timeout",
  async (stall) => {
    const { server, siteUrl } = await startServer();
    const client = inProject(clientOf(server, siteUrl, { timeout: "100ms", retry: false }), server);
    server.fail({ path: listPath }, { stall });
    expect(await failureOf(list(client))).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("100 ms"),
    });
  },
);

test("a call's own timeout goes before the client's", async () => {
  const { server, siteUrl } = await startServer();
  const client = clientOf(server, siteUrl, { timeout: "1m", retry: false });
  server.fail({ path: "/api/status" }, { stall: "headers" });
  const call = client.request({ method: "GET", path: "/api/status", timeout: 50 });
  expect(await failureOf(call)).toMatchObject({ code: "TIMEOUT" });
});

test("the caller's signal ends a request at once, with its own reason", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(clientOf(server, siteUrl), server);
  await client.auth().login();
  server.fail({ path: listPath }, { stall: "body" });
  const controller = new AbortController();
  const reason = { any: "thing" };
  const call = failureOf(list(client, "dev", controller.signal));
  await expect.poll(() => server.requests.length).toBe(2);
  controller.abort(reason);
  expect(await call).toBe(reason);
});

test("the caller's signal ends the wait for a retry", async () => {
  const { server, siteUrl } = await startServerWithTokens(1000, 1000);
  const client = inProject(clientOf(server, siteUrl), server);
  server.fail({ path: listPath }, { rateLimit: { retryAfter: 30 } });
  const controller = new AbortController();
  const call = failureOf(list(client, "dev", controller.signal));
  await expect.poll(() => server.requests.at(-1)?.status).toBe(429);
  controller.abort("enough");
  expect(await call).toBe("enough");
});

test("a caller who gives up waiting for a login does not end it for the others", async () => {
  const { server, siteUrl } = await startServerWithTokens(1000, 1000);
  const client = inProject(clientOf(server, siteUrl), server);
  server.fail({ path: loginPath }, { delay: 1000 });
  const controller = new AbortController();
  const impatient = failureOf(list(client, "dev", controller.signal));
  const patient = list(client);
  await expect.poll(() => server.requests.length).toBe(1);
  controller.abort("enough");
  expect(await impatient).toBe("enough");
  server.clock.advance(1000);
  await patient;
});

test("a signal that has aborted already sends nothing, not even a login", async () => {
  const { server, siteUrl } = await startServer();
  const strategy = strategyFor(server);
  let logins = 0;
  const login: AuthStrategy["login"] = (context) => {
    logins += 1;
    return strategy.login(context);
  };
  const client = inProject(clientOf(server, siteUrl, { auth: { ...strategy, login } }), server);
  expect(await failureOf(list(client, "dev", AbortSignal.abort("no")))).toBe("no");
  expect(logins).toBe(0);
  await client.auth().login();
  expect(await failureOf(list(client, "dev", AbortSignal.abort("no")))).toBe("no");
  expect(server.requests).toHaveLength(1);
});

test("the default timeout is 10 seconds", async () => {
  const { server, siteUrl } = await startServer();
  const client = clientOf(server, siteUrl, {
    fetch: () => new Promise<never>(() => undefined),
    retry: false,
  });
  const delays: unknown[] = [];
  const original = globalThis.setTimeout;
  // The platform's own fetch sets timers meanwhile, which need their time and their arguments.
  globalThis.setTimeout = ((run: () => void, delay: number, ...rest: []) => {
    delays.push(delay);
    return original(run, delay === 10_000 ? 0 : delay, ...rest);
  }) as typeof setTimeout;
  try {
    expect(await failureOf(client.auth().login())).toMatchObject({ code: "TIMEOUT" });
  } finally {
    globalThis.setTimeout = original;
  }
  expect(delays).toContain(10_000);
});

test("what is no signal is refused by name, before a login", async () => {
  const { server, siteUrl } = await startServer();
  const signal = new AbortController() as unknown as AbortSignal;
  const error = await failureOf(list(inProject(clientOf(server, siteUrl), server), "dev", signal));
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
