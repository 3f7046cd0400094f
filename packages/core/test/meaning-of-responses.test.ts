import { expect, test } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import { createClient, type TransportResponse } from "../src/index.ts";

const read = { method: "GET", path: "/api/x", expect: { secret: "object" } } as const;
const ours = { reqId: "req-1" };

/** The error of a read whose every attempt gets a response, and how many attempts there were. */
async function failureWith({ status = 200, headers = {}, body = "" }: Partial<TransportResponse>) {
  let attempts = 0;
  const transport = async (): Promise<TransportResponse> => {
    attempts += 1;
    return { status, headers, body };
  };
  const client = createClient({
    siteUrl: "https://a.test",
    transport,
    clock: jumpingClock(),
    retry: { limit: 1 },
  });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request(read));
  const { code, statusCode, retryAfter } = error;
  return { code, text: textOf(error), statusCode, retryAfter, attempts };
}

/** The message without the address, the method and the status before it. */
function textOf({ message }: Error): string {
  return message.replace(/^(?:\[[^\]]*\] )+/, "");
}

test.each([
  [400, "BAD_REQUEST", 1],
  [401, "UNAUTHORIZED", 1],
  [402, "BAD_REQUEST", 1],
  [403, "FORBIDDEN", 1],
  [404, "NOT_FOUND", 1],
  [408, "TIMEOUT", 2],
  [409, "CONFLICT", 1],
  [422, "VALIDATION_FAILED", 1],
  [425, "BAD_REQUEST", 2],
  [429, "RATE_LIMITED", 2],
  [500, "SERVER_ERROR", 1],
  [501, "SERVER_ERROR", 1],
  [502, "SERVER_ERROR", 2],
  [599, "SERVER_ERROR", 1],
])(
  "an error of Infisical with status %i is %s, and a read gets %i attempts",
  async (status, code, attempts) => {
    const outcome = await failureWith({ status, body: JSON.stringify({ ...ours, message: "no" }) });
    expect(outcome).toMatchObject({ code, statusCode: status, attempts });
    expect(outcome.text).toBe("no");
  },
);

test.each([
  ["BadRequest", 400],
  ["Conflict", 409],
  ["ForbiddenError", 403],
  ["GatewayTimeoutError", 504],
  ["InternalServerError", 500],
  ["NotFound", 404],
  ["PermissionDenied", 403],
  ["PolicyViolationError", 400],
  ["RateLimitExceeded", 429],
  ["TokenError", 403],
  ["UnauthorizedError", 401],
  ["ValidationFailure", 422],
])("an error named %s is Infisical's, without a status or a request id of its own", async (error, status) => {
  const outcome = await failureWith({ status, body: JSON.stringify({ error, message: "words of its own" }) });
  expect(outcome.code).not.toBe("GATEWAY_ERROR");
  expect(outcome.text).toBe("words of its own");
});

test.each([
  ["ValidationFailure", 400, "no", "VALIDATION_FAILED"],
  ["TokenError", 403, "no", "UNAUTHORIZED"],
  ["BadRequest", 400, "Secret already exists", "ALREADY_EXISTS"],
  ["BadRequest", 409, "These secrets already exist", "ALREADY_EXISTS"],
  ["BadRequest", 403, "Secret already exists", "FORBIDDEN"],
  ["BadRequest", 400, "It was already existing", "BAD_REQUEST"],
  ["BadRequest", 400, "Dynamic secret not found", "NOT_FOUND"],
  ["BadRequest", 422, "Dynamic secret not found", "VALIDATION_FAILED"],
  ["BadRequest", 400, "Secret validation failed: A is short", "SECRET_RULE_VIOLATED"],
  ["BadRequest", 422, "Secret validation failed: A is short", "VALIDATION_FAILED"],
  ["BadRequest", 400, "The Secret validation failed: A is short", "BAD_REQUEST"],
  ["Error", 500, "rate limit exceeded", "RATE_LIMITED"],
  ["Error", 500, "Rate limit exceeded, please retry in 2 minutes.", "RATE_LIMITED"],
  ["Error", 500, "Our rate limit exceeded", "SERVER_ERROR"],
  ["Error", 502, "Rate limit exceeded", "SERVER_ERROR"],
])("the error %s with %i and %j is %s", async (error, status, message, code) => {
  const body = JSON.stringify({ statusCode: status, error, message });
  expect(await failureWith({ status, body })).toMatchObject({ code, text: message });
});

test.each([
  [{ "x-ratelimit-remaining": " 0 ", "retry-after": "5" }, "RATE_LIMITED"],
  [{ "x-ratelimit-remaining": "1", "retry-after": "5" }, "SERVER_ERROR"],
  [{ "x-ratelimit-remaining": "0" }, "SERVER_ERROR"],
  [{ "retry-after": "5" }, "SERVER_ERROR"],
])("a 500 with the headers %j is %s", async (headers, code) => {
  const body = JSON.stringify({ ...ours, message: "Something went wrong" });
  expect(await failureWith({ status: 500, headers: headers as never, body })).toMatchObject({ code });
});

test.each([
  ["", "The server gave no error message."],
  [[], "The server gave no error message."],
  [7, "The server gave no error message."],
  [[{ path: ["a", 0, "b"], message: "is wrong" }, { message: "all wrong" }], "a.0.b: is wrong; all wrong"],
  [[{ path: ["a", { b: 1 }] }, { path: "a", message: 7 }], "a: is invalid; is invalid"],
  [["plain", null, 7], "plain; null; 7"],
])("the message %j reads %j", async (message, text) => {
  expect(await failureWith({ status: 400, body: JSON.stringify({ ...ours, message }) })).toMatchObject({
    text,
  });
});

const advice = {
  route:
    "It has no such route: is siteUrl the address of Infisical, and the server new enough for this call?",
  proxy: "The proxy asks for credentials: put them into its address.",
  wall: "A gateway or firewall blocks the request: check its rules, and pass what it asks for in `headers`.",
  large: "The request is too large for it.",
  down: "Infisical may be down or overloaded: check what is in front of it.",
  other:
    "Is siteUrl the address of Infisical, with its path prefix if it has one? A login page of the network or a firewall can answer too.",
};

test.each([
  [404, '{"message":"Route GET:/x not found","error":"NotFound"}', advice.route],
  [404, "not found", advice.other],
  [403, '"Route x"', advice.wall],
  [401, "", advice.wall],
  [407, "", advice.proxy],
  [413, "", advice.large],
  [414, "", advice.large],
  [500, "", advice.down],
  [503, "", advice.down],
  [501, "", advice.other],
  [200, "<html>", advice.other],
  [199, "", advice.other],
])("a %i with %j that is not Infisical's says where to look", async (status, body, says) => {
  expect(await failureWith({ status, body })).toMatchObject({
    code: "GATEWAY_ERROR",
    statusCode: status,
    text: `Something answered instead of Infisical (no content type). ${says}`,
  });
});

test.each([
  [
    { server: "nginx/1.25" },
    'A server that calls itself "nginx" answered instead of Infisical (no content type).',
  ],
  [
    { via: "1.1 squid (3.5)" },
    'A server that calls itself "squid" answered instead of Infisical (no content type).',
  ],
  [{ server: "(none)" }, "Something answered instead of Infisical (no content type)."],
  [{ server: `${"y".repeat(60)}` }, `A server that calls itself "${"y".repeat(40)}" answered`],
  [{ "content-type": "text/html; charset=utf-8" }, "Something answered instead of Infisical (text/html)."],
  [
    { "content-type": `a/${"b".repeat(80)}` },
    `Something answered instead of Infisical (a/${"b".repeat(58)}).`,
  ],
  [
    { "content-type": "application/json" },
    "The response is incomplete JSON (9 characters): something on the way may have cut it off.",
  ],
  [{ "content-type": "Application/Problem+JSON; x" }, "The response is incomplete JSON (9 characters)"],
  [{ "content-type": "text/application/json" }, "Something answered"],
  [{ "content-type": "application/jsonx" }, "Something answered"],
])("half a JSON with the headers %j says who sent it", async (headers, says) => {
  const { text } = await failureWith({ status: 200, headers: headers as never, body: '{"secret"' });
  expect(text.slice(0, says.length)).toBe(says);
});

test.each([
  [{ "retry-after": "2" }, "", 2],
  [{ "retry-after": " 2.5 " }, "", 2.5],
  [{ "retry-after": "12.25" }, "", 12.25],
  [{ "retry-after": "Thursday, 26 Nov 2026 12:00:30 GMT" }, "", 30],
  [{}, "Try again in 12.25 seconds", 12.25],
  [{ "retry-after": "1234567890" }, "", undefined],
  [{ "retry-after": "Thu, 26 Nov 2026 12:00:30 GMT" }, "", 30],
  [{ "retry-after": "Thu, 26 Nov 2026 11:00:00 GMT" }, "", 0],
  [{ "retry-after": "Thu, 26 Nov 2026 12:00:30 GMT", date: "Thu, 26 Nov 2026 12:00:20 GMT" }, "", 10],
  [{ "retry-after": "26 Nov 2026 12:00:30 GMT" }, "", undefined],
  [{ "retry-after": "Thu" }, "", undefined],
  [{}, "Try again in 7 seconds", 7],
  [{}, "Try again IN 1.5 second", 1.5],
  [{}, "within 7 seconds", undefined],
  [{}, "Try again in 7 secondsx", undefined],
  [{ "retry-after": "2" }, "Try again in 7 seconds", 2],
])("with the headers %j and the message %j, retryAfter is %o", async (headers, message, retryAfter) => {
  const body = JSON.stringify({ ...ours, message });
  expect((await failureWith({ status: 422, headers: headers as never, body })).retryAfter).toBe(retryAfter);
});

test.each([
  [{ status: 302 }, "The server sent a redirect, which the client does not follow.", 302],
  [
    { status: 300, headers: { location: "https://b.test/x?token=y" } },
    'The server sent a redirect, which the client does not follow. If "https://b.test" is your server, set it as siteUrl.',
    300,
  ],
  [
    { status: 399, headers: { location: "/x" } },
    'The server sent a redirect, which the client does not follow. If "https://a.test" is your server, set it as siteUrl.',
    399,
  ],
  [
    { status: 302, headers: { location: "data:x" } },
    "The server sent a redirect, which the client does not follow.",
    302,
  ],
  [
    { status: 302, headers: { location: "http://" } },
    "The server sent a redirect, which the client does not follow.",
    302,
  ],
  [{ status: 0 }, "The server sent a redirect, which the client does not follow.", undefined],
])("the redirect %j says where it leads, by origin only", async (response, text, statusCode) => {
  expect(await failureWith(response as never)).toMatchObject({
    code: "REDIRECTED",
    text,
    statusCode,
    attempts: 1,
  });
});

test.each([
  ["{}", "The response is missing `secret` (object)."],
  ["[]", "The response is missing its object."],
  ["null", "The response is missing its object."],
  ['{"secret":[]}', "The response is missing `secret` (object)."],
  ['{"statusCode":400,"error":"x","message":"y"}', "The response is an error with a success status."],
  ['{"statusCode":399,"error":"x","message":"y"}', "The response is missing `secret` (object)."],
  ['{"statusCode":400,"message":"y"}', "The response is missing `secret` (object)."],
  ['{"statusCode":400,"error":"x"}', "The response is missing `secret` (object)."],
  ['{"statusCode":"400","error":"x","message":"y"}', "The response is missing `secret` (object)."],
  ['{"approval":null}', "The response is missing `secret` (object)."],
])("a success with the body %s is INVALID_RESPONSE", async (body, text) => {
  expect(await failureWith({ body })).toMatchObject({
    code: "INVALID_RESPONSE",
    text,
    statusCode: 200,
    attempts: 1,
  });
});

test("a success with an approval instead of the result is APPROVAL_REQUIRED", async () => {
  expect(await failureWith({ status: 299, body: '{"approval":{"id":"a"}}' })).toMatchObject({
    code: "APPROVAL_REQUIRED",
    text: "The write became an approval request, which is in details; nothing has changed yet.",
    statusCode: 299,
    attempts: 1,
  });
});

test.each([
  [{ status: "200" }],
  [{ status: 200.5 }],
  [{ headers: null }],
  [{ headers: { a: 1 } }],
  [{ body: undefined }],
  [{ body: Buffer.from("{}") }],
])("a transport that resolves to %o breaks its contract", async (wrong) => {
  const transport = async () => ({ status: 200, headers: {}, body: "{}", ...wrong }) as never;
  const client = createClient({ transport });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request(read));
  expect(error.code).toBe("INVALID_RESPONSE");
  expect(textOf(error)).toBe("The transport must resolve to { status, headers, body }.");
});

test("a gateway's page can say when to ask again", async () => {
  const page = { status: 503, headers: { "retry-after": "2" }, body: "<p>later</p>" };
  expect(await failureWith(page)).toMatchObject({ code: "GATEWAY_ERROR", retryAfter: 2 });
});

test.each([
  [100, "GATEWAY_ERROR", 100],
  [199, "GATEWAY_ERROR", 199],
  [304, "GATEWAY_ERROR", 304],
  [600, "GATEWAY_ERROR", 600],
  [0, "REDIRECTED", undefined],
  [1.5, "INVALID_RESPONSE", undefined],
  [Number.NaN, "INVALID_RESPONSE", undefined],
  ["200", "INVALID_RESPONSE", undefined],
])("a response with the status %j is %s", async (status, code, statusCode) => {
  const body = JSON.stringify({ secret: {} });
  const outcome = await failureWith({ status: status as number, body });
  expect(outcome).toMatchObject({ code, statusCode, attempts: 1 });
});

test.each([
  [{ headers: undefined }, 200],
  [{ headers: { a: 1 } }, 200],
  [{ body: undefined }, 200],
  [{ body: 7, status: 0 }, undefined],
])("a transport that resolves to a response with %j breaks its contract", async (part, statusCode) => {
  const response = { status: 200, headers: {}, body: "{}", ...part };
  const client = createClient({ transport: async () => response as never });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request(read));
  expect(error).toMatchObject({ code: "INVALID_RESPONSE", statusCode });
  expect(textOf(error)).toBe("The transport must resolve to { status, headers, body }.");
});
