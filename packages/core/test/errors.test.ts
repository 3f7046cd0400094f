import { inspect } from "node:util";
import type { Failure } from "@infisical/test-server";
import { expect, test } from "vitest";
import { failureOf, printed, start, strategyFor } from "#test-kit";
import { cloneError } from "../src/authoring.ts";
import {
  createClient,
  InfisicalSDKError,
  InfisicalSDKRequestError,
  isInfisicalError,
  TransportError,
} from "../src/index.ts";
import { create, list, listPath, loginPath } from "./calls.ts";

/** A client with a token whose every request is answered like this. */
function answering(status: number, body: unknown, gatewayKey = "a-gateway-key") {
  const transport = async () => ({ status, headers: {}, body: body === null ? "" : JSON.stringify(body) });
  const client = createClient({ transport, retry: false, headers: { "x-gateway-key": gatewayKey } });
  client.auth().accessToken("some-token");
  return client;
}

test("wrong credentials: AUTH_FAILED with the status, and no credential anywhere", async () => {
  const { server, siteUrl, connect, location } = await start();
  const auth = strategyFor(server, { clientSecret: "hunter2-hunter2" });
  const error = await failureOf(list(connect({ auth }), location));
  expect(error).toMatchObject({
    name: "InfisicalSDKRequestError",
    code: "AUTH_FAILED",
    statusCode: 401,
    method: "POST",
  });
  expect(error.url).toBe(siteUrl + loginPath);
  expect(error.message).toBe(
    `[URL=${siteUrl}${loginPath}] [Method=POST] [StatusCode=401] Login with universal-auth was refused: Invalid credentials`,
  );
  expect(printed(error)).not.toContain("hunter2");
});

test("an unknown project: NOT_FOUND with the server's reason and request id", async () => {
  const { siteUrl, client } = await start();
  const query = { workspaceId: "00000000-0000-4000-8000-000000000000", environment: "dev" };
  const error = await failureOf(client.request({ method: "GET", path: listPath, query }));
  expect(error).toMatchObject({ code: "NOT_FOUND", statusCode: 404, requestId: expect.stringMatching(/./) });
  expect(error.message).toBe(
    `[URL=${siteUrl}${listPath}] [Method=GET] [StatusCode=404] ` +
      `Project with ID '${query.workspaceId}' not found during bot lookup. ` +
      "Are you sure you are using the correct project ID? " +
      `(asked for: projectId "${query.workspaceId}", environment "dev")`,
  );
});

test("a failed validation becomes readable and stays whole in details", async () => {
  const { client } = await start();
  const error = await failureOf(client.request({ method: "POST", path: `${listPath}/A`, body: {} }));
  expect(error).toMatchObject({ code: "VALIDATION_FAILED", statusCode: 422, details: expect.any(Array) });
  expect(error.message).toContain("secretValue: Required");
});

test("errors are recognised, by instanceof and across copies of the package", async () => {
  const { server, siteUrl } = await start();
  const error = await failureOf(createClient({ siteUrl }).request({ method: "GET", path: "/api/status" }));
  expect(error).toBeInstanceOf(InfisicalSDKError);
  expect(error).not.toBeInstanceOf(InfisicalSDKRequestError);
  expect(error.name).toBe("InfisicalSDKError");
  expect(isInfisicalError(error)).toBe(true);
  const fromACopy = Object.assign(new Error("x"), { [Symbol.for("infisical.sdk.error")]: true });
  expect(isInfisicalError(fromACopy)).toBe(true);
  for (const other of [new Error("x"), null, undefined, "x", {}]) expect(isInfisicalError(other)).toBe(false);
  expect(server.requests).toHaveLength(0);
});

const failures: [string, Failure][] = [
  ["400 that repeats all it got", { status: 400 }],
  ["422 that repeats all it got", { status: 422 }],
  ["500 that repeats all it got", { status: 500 }],
  ["401 that repeats all it got", { status: 401 }],
  ["drop", { drop: "before" }],
  ["stall", { stall: "body" }],
  ["truncated JSON", { truncate: "body" }],
  ["broken body", { truncate: "connection" }],
  ["garbage", { garbage: true }],
  ["redirect", { redirect: "https://example.com/?leak=the-secret-value" }],
  ["rate limit", { rateLimit: { retryAfter: 1 } }],
];

test.each(failures)("no credential and no value is in the error of a %s", async (_, failure) => {
  const { server, client, location } = await start({ retry: false, timeout: 500 });
  await client.auth().login();
  const token = client.auth().getAccessToken() ?? "";
  const secret = server.identities[0]?.clientSecret ?? "";
  const repeating = (told: string): Failure => {
    const body = { error: "Odd", message: told, details: [{ received: told }] };
    return "status" in failure ? { ...failure, body } : failure;
  };
  server.fail({ path: `${listPath}/LEAK`, times: 2 }, repeating(`value a-value, token ${token}`));
  server.fail({ path: loginPath, times: 2 }, repeating(`secret ${secret}`));
  const write = await failureOf(create(client, location, "LEAK"));
  const login = await failureOf(client.auth().login());
  for (const error of [write, login]) {
    expect(isInfisicalError(error)).toBe(true);
    expect(error.cause).toBeUndefined();
  }
  expect(printed(write)).not.toContain("a-value");
  expect(printed(write)).not.toContain(token);
  expect(printed(login)).not.toContain(secret);
});

test("a client, its auth and its options print no credential", async () => {
  const { client } = await start();
  await client.auth().login();
  const token = client.auth().getAccessToken() ?? "";
  for (const value of [client, client.auth()]) expect(printed(value)).not.toContain(token);
});

test.each(["Bearer abc", "with space", "line\nbreak", "", 7])(
  "the token %j is refused without repeating it",
  (token) => {
    const refuse = (): unknown =>
      createClient()
        .auth()
        .accessToken(token as string);
    expect(refuse).toThrow('accessToken must be a token as the server issued it, without "Bearer ".');
  },
);

test.each([
  [{ timeout: "soon" }, /^timeout must be .*got "soon"/],
  [{ timeout: 0 }, /^timeout must be greater than 0/],
  [{ timeout: -1 }, /^timeout must be/],
  [{ retry: { limit: 1.5 } }, /^retry\.limit must be a whole number.*1\.5/],
  [{ retry: { baseDelay: "x" } }, /^retry\.baseDelay must be/],
  [{ retry: true }, /^retry must be/],
  [{ headers: { Authorization: "Bearer hunter2" } }, /^headers\.Authorization must be left to the client\.$/],
  [{ headers: { "x-a": "hunter2\n" } }, /^headers\.x-a must be a string of visible Latin-1 characters\.$/],
  [{ headers: "x-a: hunter2" }, /^headers must be a plain object of names and values\.$/],
  [{ headers: new Headers({ "x-a": "b" }) }, /^headers must be a plain object/],
  [{ headers: [["x-a", "b"]] }, /^headers must be a plain object/],
  [
    { auth: "a.token.hunter2" },
    /^auth must be an auth strategy, for example universalAuth\(\{ \.\.\. \}\)\.$/,
  ],
  [{ middleware: [{}] }, /^middleware\[0\] must be a function/],
  [{ auth: () => undefined }, /^auth must be an auth strategy.*got a function/],
  [{ plugins: [() => undefined] }, /^plugins\[0\] must be a plugin.*got a function/],
  [
    { plugins: [{ name: "auth", setup: () => 1 }] },
    /^plugins\[0\]\.name must not be a name that every client has, got "auth"/,
  ],
  [{ plugins: [{ name: "request", setup: () => 1 }] }, /^plugins\[0\]\.name/],
  [{ plugins: [{ name: "__proto__", setup: () => 1 }] }, /^plugins\[0\]\.name/],
  [
    {
      plugins: [
        { name: "a", setup: () => 1 },
        { name: "a", setup: () => 2 },
      ],
    },
    /^plugins\[1\]\.name must be unique/,
  ],
  [{ auth: null }, /^auth must be an auth strategy/],
  [{ plugins: [null] }, /^plugins\[0\] must be a plugin/],
  [{ transport: 7 }, /^transport must be a transport, for example nodeTransport\(\), got 7\.$/],
])("the options %j are refused by name", (options, message) => {
  expect(() => createClient(options as never)).toThrow(message);
  expect(() => createClient(options as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
});

test.each([
  ["a page that is not JSON", { garbage: true }],
  ["half a JSON", { truncate: "body" }],
] as const)("a 2xx with %s is a gateway's, not undefined", async (_, failure) => {
  const { server, client, location } = await start({ retry: false });
  server.fail({ path: listPath }, failure);
  expect(await failureOf(list(client, location))).toMatchObject({ code: "GATEWAY_ERROR", statusCode: 200 });
});

test("a 204 where fields were expected is an error, not undefined", async () => {
  const client = answering(204, null);
  const request = { method: "GET", path: "/api/x" } as const;
  expect(await client.request(request)).toBeUndefined();
  expect(await failureOf(client.request({ ...request, expect: { secret: "object" } }))).toMatchObject({
    code: "INVALID_RESPONSE",
    statusCode: 204,
  });
});

test("the key to a gateway does not show, in whatever part of a response it is repeated", async () => {
  const told = "wrong key hunter2-hunter2";
  const details = [{ action: told, [told]: told }];
  const body = { statusCode: 403, message: told, reqId: told, details };
  const client = answering(403, body, "hunter2-hunter2");
  const error = await failureOf(client.request({ method: "GET", path: "/api/x" }));
  expect(error).toMatchObject({
    message: expect.stringContaining("wrong key [redacted]"),
    requestId: undefined,
    details: [{ action: "wrong key [redacted]" }],
  });
  expect(printed(error)).not.toContain("hunter2");
});

test.each([
  ["before it was sent", new TransportError("refused: hunter2-hunter2", { sent: false }), "UNREACHABLE"],
  ["afterwards", new TransportError("reset: hunter2-hunter2", { sent: true }), "CONNECTION_LOST"],
  ["in a way of its own", new Error("broken: hunter2-hunter2"), "CONNECTION_LOST"],
])("the text of a connection that fails %s is redacted", async (_, failure, code) => {
  const headers = { "x-gateway-key": "hunter2-hunter2" };
  const client = createClient({ transport: () => Promise.reject(failure), retry: false, headers });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request({ method: "GET", path: "/api/x" }));
  expect(error).toMatchObject({ code, message: expect.stringMatching(/: \w+: \[redacted\]$/) });
  expect(printed(error)).not.toContain("hunter2");
});

test("a value that only its JSON shows is taken out of errors as well", async () => {
  const secretValue = { toJSON: () => "hunter2-hunter2" };
  const client = answering(400, {
    statusCode: 400,
    error: "BadRequest",
    message: "cannot store hunter2-hunter2",
  });
  const error = await failureOf(client.request({ method: "POST", path: "/api/x", body: { secretValue } }));
  expect(error.message).toMatch(/cannot store \[redacted\]$/);
});

test.each([() => 1, Symbol("x"), 1n])("a body that JSON cannot hold is refused: %s", async (body) => {
  const client = answering(200, {});
  const error = await failureOf(client.request({ method: "POST", path: "/api/x", body }));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(/^body must be/) });
});

test("a header that cannot be sent is refused without repeating its value", async () => {
  const { connect } = await start();
  const headers = { "x-key": "hunter2\n" };
  const error = await failureOf(connect().request({ method: "GET", path: "/api/status", headers }));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringContaining("headers.x-key") });
  expect(printed(error)).not.toContain("hunter2");
});

test("a value with quotes and line breaks does not show where a server repeats the body", async () => {
  const { server, client } = await start({ auth: undefined });
  const body = { secretValue: '{"key":\n"hunter2"}' };
  server.fail(
    { method: "POST" },
    { status: 400, body: { message: `cannot read ${JSON.stringify(body)}`, error: "BadRequest" } },
  );
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request({ method: "POST", path: "/api/v3/x", body }));
  expect(error.message).toContain('cannot read {"secretValue":"[redacted]"}');
  expect(printed(error)).not.toContain("hunter2");
});

test("a copied error is of the same class, with everything that the other one has, and nothing in common", async () => {
  class OwnError extends InfisicalSDKError {
    readonly lease = { id: "l1" };
  }
  const cause = new InfisicalSDKError("Because.", { code: "TIMEOUT" });
  const options = { code: "FORBIDDEN", method: "GET", url: "https://x.test/", statusCode: 403 } as const;
  const details = [{ action: "read" }];
  const errors = [
    new InfisicalSDKRequestError("No.", { ...options, cause, details, requestId: "r1", retryAfter: 3 }),
    new OwnError("Ended.", { code: "LEASE_NOT_RENEWED", cause: new TypeError("fetch failed") }),
  ];
  for (const error of errors) {
    const copy = cloneError(error) as typeof error;
    expect(copy).not.toBe(error);
    expect(copy).toBeInstanceOf(error.constructor);
    expect(isInfisicalError(copy)).toBe(true);
    expect(copy).toStrictEqual(error);
    expect([copy.stack, copy.message, copy.cause]).toEqual([error.stack, error.message, error.cause]);
    expect(inspect(copy)).toBe(inspect(error));
    expect(Object.keys(copy)).toEqual(Object.keys(error));
  }
  const [error] = errors;
  const copy = cloneError(error) as InfisicalSDKRequestError;
  expect(copy.text).toBe("No.");
  Object.assign(copy.details as object, { 0: { action: "edit" } });
  Object.assign(copy.cause as object, { code: "NOT_FOUND" });
  copy.message = "Mine.";
  expect(error).toMatchObject({
    details,
    cause: { code: "TIMEOUT" },
    message: expect.stringContaining("No."),
  });
});

test.each([[new TypeError("not ours")], ["a text"], [undefined], [null], [{ code: "TIMEOUT" }]])(
  "what is not an error of this SDK is not copied: %s",
  (error) => {
    expect(cloneError(error)).toBe(error);
  },
);
