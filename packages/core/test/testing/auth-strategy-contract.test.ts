import { expect, test } from "vitest";
import { optionError } from "../../src/authoring.ts";
import {
  type AuthStrategy,
  type HttpClient,
  InfisicalSDKError,
  type LoginContext,
  type LoginResponse,
} from "../../src/index.ts";
import { authStrategyContract } from "../../src/testing/index.ts";
import { verdict } from "./verdict.ts";

interface Options {
  secret: string;
  scopes: string[];
}

type Login = AuthStrategy["login"];

const secret = 'hunter2-"quoted"';

function send(http: HttpClient, body: unknown, signal?: AbortSignal): Promise<LoginResponse> {
  return http.request({ method: "POST", path: "/api/v1/auth/x/login", body, signal });
}

/** A strategy that keeps every promise, but for what the test changes in it. */
function strategy(options: Options, change: (right: Login) => Login = (right) => right): AuthStrategy {
  if (!options.secret) throw optionError("secret", "must be a non-empty string");
  const right: Login = ({ http, signal }) =>
    send(http, { secret: options.secret, scopes: options.scopes }, signal);
  return { name: "x", login: change(right) };
}

function judge(create: (options: Options) => AuthStrategy) {
  return verdict(
    authStrategyContract({
      create,
      options: () => ({ secret, scopes: ["a"] }),
      credentials: [secret],
      refused: [{ option: "secret", options: { secret: "", scopes: [] } }],
    }),
  );
}

/** Breaks the login, and gives the complaints. */
function judgeLogin(change: (right: Login, options: Options) => Login) {
  return judge((options) => strategy(options, (right) => change(right, options)));
}

test("a strategy that keeps every promise passes", async () => {
  expect(await judge(strategy)).toEqual({});
});

test("a strategy that is an instance of a class passes", async () => {
  class ClassStrategy implements AuthStrategy {
    readonly name = "x";
    readonly #options: Options;
    constructor(options: Options) {
      if (!options.secret) throw optionError("secret", "must be a non-empty string");
      this.#options = options;
    }
    login({ http, signal }: LoginContext) {
      return send(http, { secret: this.#options.secret }, signal);
    }
  }
  expect(await judge((options) => new ClassStrategy(options))).toEqual({});
});

test("sends a token: its own header, or the token of an earlier login", async () => {
  const withHeader = await judgeLogin(
    () =>
      ({ http, signal }) =>
        http.request({ method: "POST", path: "/api/x", headers: { authorization: "Bearer x" }, signal }),
  );
  expect(Object.keys(withHeader)).toContain(
    "a login goes through the http client of its context, without a token",
  );
  let last: string | undefined;
  const withEarlier = await judgeLogin(() => async ({ http, signal }) => {
    const reply = await send(http, { secret, last }, signal);
    last = reply.accessToken;
    return reply;
  });
  expect(withEarlier).toEqual({
    "a login goes through the http client of its context, without a token":
      "The login sends the token of an earlier one.",
  });
});

test("goes past the http client of its context", async () => {
  const complaints = await judgeLogin(() => async () => ({ accessToken: "from-elsewhere" }));
  expect(complaints).toMatchObject({
    "a login goes through the http client of its context, without a token":
      "The login sends nothing through the http client of its context.",
    "a login resolves to the server's unchanged response":
      "The login resolves to something other than the server's response.",
    "a refused login is sent once, and its error comes through":
      "A refused login does not fail. It succeeded.",
    "a client logs in with the strategy and uses its token": "The client does not use the login's token.",
  });
});

test("caches", async () => {
  const complaints = await judgeLogin((right) => {
    let reply: Promise<LoginResponse> | undefined;
    return (context: LoginContext) => {
      reply ??= right(context);
      return reply;
    };
  });
  expect(complaints).toMatchObject({
    "every login asks the server again":
      "The second login sends nothing: keeping tokens is the session's task.",
  });
});

test("ignores the signal", async () => {
  const complaints = await judgeLogin(
    (right) =>
      ({ signal, ...context }) =>
        right(context),
  );
  expect(complaints).toEqual({
    "an abort ends a login immediately, with its own reason":
      "A login does not end when its signal aborts. It is still waiting.",
  });
});

test("replaces the abort's reason with its own error", async () => {
  const complaints = await judgeLogin(
    (right) => (context) =>
      right(context).catch((error) => {
        throw context.signal?.aborted ? new Error("aborted") : error;
      }),
  );
  expect(complaints).toEqual({
    "an abort ends a login immediately, with its own reason":
      'An aborted login rejects with "aborted" instead of its signal\'s reason.',
  });
});

test("returns a wrong shape", async () => {
  for (const shape of [
    ({ accessToken }: LoginResponse) => accessToken,
    ({ accessToken }: LoginResponse) => ({ accessToken }),
    ({ accessToken, expiresIn }: LoginResponse) => ({ token: accessToken, expiresIn }),
    () => undefined,
  ]) {
    const complaints = await judgeLogin((right) => async (context) => shape(await right(context)) as never);
    expect(Object.keys(complaints)).toContain("a login resolves to the server's unchanged response");
  }
});

test("leaks a credential in its error", async () => {
  const wrapped = await judgeLogin(
    (right, options) => (context) =>
      right(context).catch((error) => {
        if (context.signal?.aborted) throw error;
        throw Object.assign(error, { sent: JSON.stringify(options) });
      }),
  );
  expect(wrapped).toEqual({
    "no credential shows in a strategy or in what it throws": "An error shows a credential.",
  });
  const built = await judge((options) => {
    if (options.secret === "") throw optionError("secret", `must not be like ${secret}`);
    return strategy(options);
  });
  expect(Object.values(built)).toEqual(["The error shows a credential."]);
});

test("timers of something else in the process are not the login's", async () => {
  let isOver = false;
  const goOn = () => {
    setTimeout(() => undefined, 1000).unref();
    if (!isOver) setImmediate(goOn);
  };
  goOn();
  expect(await judge(strategy).finally(() => (isOver = true))).toEqual({});
});

test("shows a credential in itself", async () => {
  const complaints = await judge((options) => ({ ...strategy(options), options }) as AuthStrategy);
  expect(complaints).toEqual({
    "no credential shows in a strategy or in what it throws": "The strategy itself shows a credential.",
  });
});

test("puts a credential into an address", async () => {
  const complaints = await judgeLogin(
    () =>
      ({ http, signal }) =>
        http.request({ method: "POST", path: "/api/v1/auth/x/login", query: { secret }, signal }),
  );
  expect(complaints).toMatchObject({
    "no credential appears in an address": "The address of a request shows a credential.",
  });
});

test("hides the server's refusal behind its own error", async () => {
  const complaints = await judgeLogin(
    (right) => (context) =>
      right(context).catch((error) => {
        if (context.signal?.aborted) throw error;
        throw new InfisicalSDKError("could not log in", { code: "AUTH_FAILED" });
      }),
  );
  expect(complaints).toEqual({
    "a refused login is sent once, and its error comes through":
      'A refused login rejects with "could not log in" instead of the server\'s refusal.',
  });
});

test("repeats a refused login", async () => {
  const complaints = await judgeLogin(
    (right) => (context) =>
      right(context).catch((error) => {
        if (context.signal?.aborted) throw error;
        return right(context);
      }),
  );
  expect(complaints).toEqual({
    "a refused login is sent once, and its error comes through":
      "A refused login is sent 2 times: three failures lock an identity.",
  });
});

test("mutates its options", async () => {
  const changesOne = await judge((options) => {
    options.secret = options.secret.trimEnd();
    options.scopes.push("b");
    return strategy(options);
  });
  expect(changesOne).toEqual({
    "a strategy does not change its options": "The strategy changes the options that it was given.",
  });
  const whenLoggingIn = await judgeLogin((right, options) => (context) => {
    options.scopes.sort().reverse().push("c");
    return right(context);
  });
  expect(Object.keys(whenLoggingIn)).toEqual(["a strategy does not change its options"]);
});

test("holds a timer", async () => {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const afterLogin = await judgeLogin((right) => async (context) => {
    const reply = await right(context);
    timers.push(setTimeout(() => undefined, 60_000));
    return reply;
  });
  expect(afterLogin).toEqual({ "a login leaves no timer behind": "A login leaves a timer behind." });
  const whenBuilt = await judge((options) => {
    timers.push(setInterval(() => undefined, 60_000).unref());
    return strategy(options);
  });
  expect(whenBuilt).toMatchObject({
    "building a strategy starts nothing": "Building the strategy starts a timer.",
  });
  for (const timer of timers) clearTimeout(timer);
});

test("a timer that is cleared, or has fired, is none that is held", async () => {
  const complaints = await judgeLogin((right) => async (context) => {
    clearTimeout(setTimeout(() => undefined, 60_000));
    await new Promise((resolve) => setTimeout(resolve, 1));
    return right(context);
  });
  expect(complaints).toEqual({});
});

test("does I/O when it is built", async () => {
  const fetches = await judge((options) => {
    fetch("data:,x").catch(() => undefined);
    return strategy(options);
  });
  expect(fetches).toEqual({
    "building a strategy starts nothing": "Building the strategy starts a request by the global fetch.",
  });
  const { connect } = await import("node:net");
  const connects = await judge((options) => {
    connect(9, "127.0.0.1").on("error", () => undefined);
    return strategy(options);
  });
  expect(Object.values(connects)).toEqual([expect.stringMatching(/^Building the strategy starts TCP/)]);
});

test("takes wrong options, or refuses them without a name", async () => {
  const takes = await judge((options) => ({ name: "x", login: strategy({ ...options, secret }).login }));
  expect(Object.values(takes)).toEqual(["Wrong options are accepted. It succeeded."]);
  const mumbles = await judge((options) => {
    if (!options.secret) throw new Error("bad options");
    return strategy(options);
  });
  expect(Object.values(mumbles)).toEqual([
    'Wrong options throw "bad options" instead of an INVALID_OPTION that begins with secret.',
  ]);
});

test("has no name", async () => {
  const complaints = await judge((options) => ({ ...strategy(options), name: "" }));
  expect(complaints).toEqual({ "a strategy has a name and a login": "The strategy has no name." });
});
