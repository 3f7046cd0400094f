import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { failureOf, start } from "#test-kit";
import {
  type Around,
  type ClientEvent,
  createClient,
  type Middleware,
  type ObservedClient,
} from "../src/index.ts";
import { list } from "./calls.ts";

/** Notes what an observer sees: each beginning, with the types of the events that follow it. */
function watcher() {
  const pieces: [string, ...string[]][] = [];
  const around: Around = (began, run) => {
    const piece: [string, ...string[]] = [began.type];
    pieces.push(piece);
    run((event) => piece.push(event.type));
  };
  return { pieces, around };
}

test("an observer is told when the client acts as somebody else", async () => {
  let identity: ObservedClient["identity"] = () => undefined;
  let first: object | undefined = {};
  const { client } = await start({
    observer: (observed) => {
      identity = observed.identity;
      first = identity();
      return {};
    },
  });
  expect(first).toBeUndefined();
  const before = identity();
  await client.auth().login();
  await client.auth().renew();
  expect(identity()).toBe(before);
  await client.auth().revoke();
  const after = identity();
  client.auth().accessToken("a-token-of-somebody-else");
  expect(new Set([before, after, identity(), undefined]).size).toBe(4);
});

test("calls and logins run in what an observer puts around them, and tell it what follows", async () => {
  const depth = new AsyncLocalStorage<readonly string[]>();
  const seen: unknown[] = [];
  const { pieces, around } = watcher();
  const { client, location, server } = await start({
    retry: { baseDelay: 1 },
    observer: () => ({
      around: (began, run) => depth.run([...(depth.getStore() ?? []), began.type], () => around(began, run)),
    }),
    middleware: [
      (request, next) => {
        seen.push(depth.getStore());
        return next(request);
      },
    ],
    onEvent: ({ type }) => {
      if (type === "login-ended") seen.push(depth.getStore());
    },
  });
  server.fail({ method: "GET" }, { status: 503 });
  await list(client, location);
  expect(seen).toEqual([["call-started"], ["call-started", "login-started"]]);
  expect(pieces).toEqual([
    ["call-started", "retry-scheduled", "call-ended"],
    ["login-started", "login-ended"],
  ]);
});

test("an observer is told the server, the time and the end of each client", async () => {
  const clients: ObservedClient[] = [];
  const ends: string[] = [];
  const observer = (client: ObservedClient) => {
    clients.push(client);
    client.onClose(() => ends.push(client.siteUrl));
    return {};
  };
  const clock = { now: () => 5, sleep: async () => undefined };
  const client = createClient({ siteUrl: "one.example/api", observer, clock });
  createClient({ siteUrl: "https://two.example", observer });
  expect(clients.map(({ siteUrl }) => siteUrl)).toEqual(["https://one.example", "https://two.example"]);
  expect(clients[0]?.clock.now()).toBe(5);
  await client.close();
  expect(ends).toEqual(["https://one.example"]);
});

test("a login and a revocation that are asked for are observed, and so is every client's onEvent", async () => {
  const { pieces, around } = watcher();
  const types: string[] = [];
  const events: ClientEvent[] = [];
  const { client } = await start({
    observer: () => ({ around, onEvent: ({ type }) => types.push(type) }),
    onEvent: (event) => events.push(event),
  });
  await client.auth().login();
  await client.auth().revoke();
  expect(pieces).toEqual([
    ["login-started", "login-ended"],
    ["call-started", "call-ended"],
  ]);
  expect(types).toEqual(["login-started", "login-ended", "call-started", "call-ended"]);
  expect(events.at(-1)).toMatchObject({ operation: "auth.revoke", attempts: 1, outcome: "succeeded" });
  expect(events[1]).toMatchObject({
    identityId: expect.stringMatching(/^[\da-f-]{36}$/),
    organizationId: expect.stringMatching(/^[\da-f-]{36}$/),
  });
});

const explode = () => {
  throw new Error("around is broken");
};

test.each<[string, Around]>([
  ["throws before", explode],
  [
    "throws after",
    (_, run) => {
      run();
      explode();
    },
  ],
  ["rejects", (async () => explode()) as unknown as Around],
  ["never runs", () => undefined],
  [
    "runs twice",
    (_, run) => {
      run();
      run();
    },
  ],
  ["runs too late", (_, run) => void Promise.resolve().then(() => run())],
  ["listens with what is not a function", (_, run) => run("listener" as never)],
  ["listens with what throws", (_, run) => run(explode)],
  ["listens with what rejects", (_, run) => run(async () => explode())],
])("a call is made once and gives its result if what is around it %s", async (_, around) => {
  let sent = 0;
  const counting: Middleware = (request, next) => {
    sent += 1;
    return next(request);
  };
  const { client, location, server } = await start({ observer: () => ({ around }), middleware: [counting] });
  await expect(list(client, location)).resolves.toBeTypeOf("object");
  server.fail({ method: "GET" }, { status: 404 });
  expect((await failureOf(list(client, location))).code).toBe("NOT_FOUND");
  expect(sent).toBe(2);
  await client.close();
});

test("an observer can return an instance of a class, whose methods find their fields", async () => {
  class Counter {
    #count = 0;
    get count(): number {
      return this.#count;
    }
    onEvent(): void {
      this.#count += 1;
    }
    around(_: unknown, run: () => void): void {
      this.#count += 100;
      run();
    }
  }
  const counter = new Counter();
  const { client, location } = await start({ observer: () => counter });
  await list(client, location);
  expect(counter.count).toBe(204);
});

test("an observer whose result cannot be read is refused by name", () => {
  const follower = {
    get onEvent(): never {
      throw new Error("a getter is broken");
    },
  };
  expect(() => createClient({ observer: () => follower })).toThrow("observer must be readable");
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["a promise", Promise.resolve({})],
  ["a listener that is a text", { onEvent: "call-ended" }],
  ["an around that is an object", { around: {} }],
])("an observer that returns %s is refused by name", (_, follower) => {
  expect(() => createClient({ observer: () => follower as never })).toThrow(
    "observer must return an object with the functions onEvent or around",
  );
});
