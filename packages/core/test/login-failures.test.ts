import { expect, test } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import {
  type AuthStrategy,
  createClient,
  InfisicalSDKError,
  InfisicalSDKRequestError,
  tokenAuth,
} from "../src/index.ts";
import { asLoginRefusal, asTokenRefusal, LoginPace } from "../src/session/login.ts";

const request = { method: "GET", path: "/api/x" } as const;
const ok = { status: 200, headers: {}, body: "{}" };

function requestError(code: InfisicalSDKRequestError["code"], statusCode?: number): InfisicalSDKRequestError {
  return new InfisicalSDKRequestError("no", {
    code,
    method: "POST",
    url: "https://a.test/login",
    statusCode,
  });
}

test.each([
  ["BAD_REQUEST", 400],
  ["UNAUTHORIZED", 401],
  ["FORBIDDEN", 403],
  ["BAD_REQUEST", 499],
] as const)("a %s with %i of a login is AUTH_FAILED", (code, statusCode) => {
  expect(asLoginRefusal(requestError(code, statusCode), "own")).toMatchObject({
    code: "AUTH_FAILED",
    statusCode,
    message: `[URL=https://a.test/login] [Method=POST] [StatusCode=${statusCode}] Login with own was refused: no`,
  });
});

test.each([
  requestError("TIMEOUT", 408),
  requestError("RATE_LIMITED", 429),
  requestError("SERVER_ERROR", 500),
  requestError("REDIRECTED", 399),
  requestError("UNREACHABLE"),
  requestError("GATEWAY_ERROR", 403),
  requestError("BAD_REQUEST", 500),
  new InfisicalSDKError("no", { code: "INVALID_OPTION" }),
  new Error("no"),
  undefined,
])("%s of a login says nothing about its credentials", (error) => {
  expect(asLoginRefusal(error, "own")).toBeUndefined();
});

test("a login's AUTH_FAILED is passed on as it is", () => {
  const error = requestError("AUTH_FAILED", 401);
  expect(asLoginRefusal(error, "own")).toBe(error);
});

test("whatever keeps a refused token from being replaced is UNAUTHORIZED, except that the client is closed", () => {
  const text = "The token was refused, and a new login with own failed: no";
  expect(asTokenRefusal(requestError("SERVER_ERROR", 500), "own")).toMatchObject({
    code: "UNAUTHORIZED",
    statusCode: 500,
    message: `[URL=https://a.test/login] [Method=POST] [StatusCode=500] ${text}`,
  });
  const error = asTokenRefusal(new InfisicalSDKError("no", { code: "INVALID_OPTION" }), "own");
  expect(error).toMatchObject({ code: "UNAUTHORIZED", message: text });
  expect(asTokenRefusal(new InfisicalSDKError("no", { code: "CLIENT_CLOSED" }), "own")).toBeUndefined();
  expect(asTokenRefusal(new Error("no"), "own")).toBeUndefined();
});

test("a call without a way to log in says every way to", async () => {
  expect(await failureOf(createClient().request(request))).toMatchObject({
    code: "NOT_AUTHENTICATED",
    message:
      "Not logged in: pass `auth` to the client, or call auth().login() or auth().accessToken() first.",
  });
});

test.each([
  [{}, "The own login response has no accessToken."],
  [{ accessToken: "" }, "The own login response has no accessToken."],
  [{ accessToken: "a b" }, "The own login response has an invalid accessToken."],
  [{ accessToken: 7 }, "The own login response has an invalid accessToken."],
  [undefined, "The own login response has no accessToken."],
  [null, "The own login response has no accessToken."],
])("a strategy that resolves to %j is INVALID_RESPONSE", async (response, message) => {
  const auth: AuthStrategy = { name: "own", login: async () => response as never };
  const client = createClient({ auth, transport: async () => ok });
  expect(await failureOf(client.request(request))).toMatchObject({ code: "INVALID_RESPONSE", message });
});

/** The waits between logins that follow one another as soon as they may, in milliseconds. */
function waitsOf(logins: number, afterEach: (pace: LoginPace) => void = () => undefined): number[] {
  const pace = new LoginPace();
  const waits: number[] = [];
  let now = 1e9;
  for (let login = 0; login < logins; login += 1) {
    const since = now;
    while (pace.isTooSoon(now)) now += 1;
    waits.push(now - since);
    pace.begin(now);
    afterEach(pace);
  }
  return waits;
}

test("logins in a row wait longer and longer, up to ten seconds, the first two not at all", () => {
  expect(waitsOf(8)).toEqual([0, 0, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test("an accepted token shortens a row, but only so often", () => {
  expect(waitsOf(9, (pace) => pace.accept())).toEqual([0, 0, 0, 0, 0, 1000, 2000, 4000, 8000]);
  expect(waitsOf(5, (pace) => pace.reset())).toEqual([0, 0, 0, 0, 0]);
});

test("a row that was reset can be shortened as often as a new one", () => {
  let logins = 0;
  const waits = waitsOf(12, (pace) => {
    logins += 1;
    if (logins === 5) pace.reset();
    else pace.accept();
  });
  expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 2000]);
});

test.each([
  [29_999, 3],
  [30_000, 1],
  [-29_999, 3],
  [-30_000, 1],
])("after %i ms the next login is number %i of its row", (pause, number) => {
  const pace = new LoginPace();
  pace.begin(1e9);
  pace.begin(1e9);
  pace.begin(1e9 + pause);
  expect(pace.isTooSoon(1e9 + pause)).toBe(number > 1);
});

/** A client whose logins all fail with an error. */
function startRefused(error: InfisicalSDKRequestError) {
  const clock = jumpingClock();
  let logins = 0;
  const auth: AuthStrategy = {
    name: "own",
    login: async () => {
      logins += 1;
      throw error;
    },
  };
  const client = createClient({ auth, clock, transport: async () => ok });
  return { client, clock, logins: () => logins };
}

test("a refused login is not repeated for ten seconds, unless it is asked for", async () => {
  const { client, clock, logins } = startRefused(requestError("UNAUTHORIZED", 401));
  await failureOf(client.request(request));
  clock.advance(9999);
  expect(await failureOf(client.request(request))).toMatchObject({ code: "AUTH_FAILED" });
  expect(logins()).toBe(1);
  await failureOf(client.auth().login());
  expect(logins()).toBe(2);
  clock.advance(10_000);
  await failureOf(client.request(request));
  expect(logins()).toBe(3);
});

test.each([
  [undefined, 40_000],
  [401, 40_000],
  [499, 40_000],
  [500, 10_000],
  [503, 10_000],
])("after two logins refused with %s, the next one follows after %i ms", async (statusCode, pause) => {
  const { client, clock, logins } = startRefused(requestError("AUTH_FAILED", statusCode));
  await failureOf(client.request(request));
  clock.advance(10_000);
  await failureOf(client.request(request));
  clock.advance(pause - 1);
  expect(await failureOf(client.request(request))).toMatchObject({ code: "AUTH_FAILED" });
  expect(logins()).toBe(2);
  clock.advance(1);
  await failureOf(client.request(request));
  expect(logins()).toBe(3);
});

test("a strategy that always presents the same token has no other one to replace a refused one", async () => {
  let sent = 0;
  const transport = async () => {
    sent += 1;
    return { status: 401, headers: {}, body: '{"reqId":"r","message":"no","error":"UnauthorizedError"}' };
  };
  const client = createClient({ auth: tokenAuth({ token: "some-token" }), transport });
  expect(await failureOf(client.request(request))).toMatchObject({ code: "UNAUTHORIZED", statusCode: 401 });
  expect(sent).toBe(1);
});
