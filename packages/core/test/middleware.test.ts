import { expect, test } from "vitest";
import { failureOf, printed, start, strategyFor } from "#test-kit";
import type { ApiRequest, Middleware } from "../src/index.ts";
import { count, list, listPath } from "./calls.ts";

test("middleware sees every call once, outermost first, outside logins, replays and retries", async () => {
  const { server, connect, location } = await start();
  const seen: string[] = [];
  const named =
    (name: string): Middleware =>
    async (request, next) => {
      seen.push(`${name} in ${request.path}`);
      const response = await next(request);
      seen.push(`${name} out ${response.status}`);
      return response;
    };
  const retry = { baseDelay: 1 };
  const client = connect({ middleware: [named("a"), named("b")], retry });
  server.fail({ path: listPath }, { status: 401 });
  server.fail({ path: listPath }, { status: 503 });
  await list(client, location);
  expect(count(server, "GET", listPath)).toBe(3);
  expect(seen).toEqual([`a in ${listPath}`, `b in ${listPath}`, "b out 200", "a out 200"]);
});

test("middleware may answer itself, and sees failures as errors", async () => {
  const { server, connect, location } = await start();
  const failures: unknown[] = [];
  const middleware: Middleware[] = [
    async (request, next) => {
      if (request.path === "/api/mine") return { status: 200, headers: {}, body: { mine: true } };
      return next(request).catch((error: unknown) => {
        failures.push(error);
        throw error;
      });
    },
  ];
  const client = connect({ middleware });
  expect(await client.request({ method: "GET", path: "/api/mine" })).toEqual({ mine: true });
  expect(server.requests).toHaveLength(0);
  server.fail({ path: listPath }, { status: 404 });
  expect(failures).toEqual([]);
  expect(await failureOf(list(client, location))).toBe(failures[0]);
});

test("the identity of a request is the same until the client becomes another", async () => {
  const { server, connect, location } = await start();
  const identities: ApiRequest["identity"][] = [];
  const middleware: Middleware[] = [
    (request, next) => {
      identities.push(request.identity);
      return next(request);
    },
  ];
  const client = connect({ middleware });
  await list(client, location);
  await client.auth().login();
  await list(client, location);
  await client.auth().login(strategyFor(server));
  await list(client, location);
  expect(identities[1]).toBe(identities[0]);
  expect(identities[2]).not.toBe(identities[0]);
  for (const identity of identities) {
    expect(Object.keys(identity)).toEqual([]);
    expect(printed(identity)).not.toMatch(/secret|token/i);
    expect(Object.getPrototypeOf(identity)).toBe(Object.prototype);
    expect(Object.isFrozen(identity)).toBe(true);
  }
});
