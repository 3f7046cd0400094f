import { expect, test } from "vitest";
import { type Answer, failureOf, jumpingClock, startAnswering } from "#test-kit";
import { createClient } from "../src/index.ts";

const html = { "content-type": "text/html" };
const read = { method: "GET", path: "/api/v3/secrets/raw/A", expect: { secret: "object" } } as const;
const write = { method: "POST", path: "/api/v3/secrets/raw/A", body: {} } as const;

/** A client with a token, of a server that always answers the same. */
async function clientOfGateway(answer: Answer) {
  const { siteUrl, requests } = await startAnswering(() => answer);
  const client = createClient({ siteUrl, clock: jumpingClock() });
  client.auth().accessToken("some-token");
  return { client, requests };
}

const pages: [string, Answer][] = [
  [
    "the 404 of nginx",
    { status: 404, headers: { ...html, server: "nginx/1.25.3" }, body: "<html>nginx</html>" },
  ],
  ["a 403 of a firewall", { status: 403, headers: html, body: "<h1>Forbidden</h1>" }],
  ["a 403 of an API gateway", { status: 403, body: { message: "Forbidden" } }],
  ["a 401 of a login wall", { status: 401, headers: { "www-authenticate": "Basic" }, body: "" }],
  [
    "a 404 of a router in plain text",
    { status: 404, headers: { "content-type": "text/plain" }, body: "404 page not found\n" },
  ],
  ["a proxy's 407", { status: 407, headers: { ...html, via: "1.1 squid" }, body: "" }],
  ["a 413", { status: 413, headers: html, body: "<html>too large</html>" }],
  ["a captive portal", { status: 200, headers: html, body: "<form>Log in to the network</form>" }],
  ["a 200 without anything", { status: 200, body: "" }],
  ["a 304 that nobody asked for", { status: 304 }],
  ["a status that HTTP does not know", { status: 799, headers: html, body: "?" }],
  ["an error of Azure API Management", { status: 401, body: { statusCode: 401, message: "Access denied" } }],
  ["an error of Spring", { status: 404, body: { status: 404, error: "Not Found", message: "No message" } }],
  ["an error of an identity provider", { status: 403, body: { error: "invalid_token", message: "expired" } }],
  [
    "a route that another program does not have",
    { status: 404, body: { statusCode: 404, error: "Not Found", message: "Route GET:/api/x not found" } },
  ],
  ["an error of Kubernetes", { status: 404, body: { kind: "Status", code: 404, message: "not found" } }],
];

test.each(pages)("%s is a gateway's, asked once, and no refusal by Infisical", async (_, answer) => {
  for (const request of [read, write]) {
    const { client, requests } = await clientOfGateway(answer);
    expect(await failureOf(client.request(request))).toMatchObject({
      code: "GATEWAY_ERROR",
      statusCode: answer.status,
      details: undefined,
    });
    expect(requests).toHaveLength(1);
  }
});

test.each([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 529, 530])(
  "a page with status %i passes: a read is sent again, a write is not",
  async (status) => {
    const answer = { status, headers: html, body: "<html>origin is unreachable</html>" };
    const reading = await clientOfGateway(answer);
    expect(await failureOf(reading.client.request(read))).toMatchObject({ code: "GATEWAY_ERROR" });
    expect(reading.requests).toHaveLength(5);
    const writing = await clientOfGateway(answer);
    expect(await failureOf(writing.client.request(write))).toMatchObject({ code: "GATEWAY_ERROR" });
    expect(writing.requests).toHaveLength(1);
  },
);

test.each([200, 403, 404, 422])(
  "half a JSON with status %i is a gateway's, and a read is sent again",
  async (status) => {
    const { siteUrl, requests } = await startAnswering((_request, count) =>
      count === 1
        ? {
            status,
            headers: { "content-type": "application/json; charset=utf-8" },
            body: '{"statusCode":403,"mess',
          }
        : { body: { secret: {} } },
    );
    const client = createClient({ siteUrl, clock: jumpingClock() });
    client.auth().accessToken("some-token");
    expect(await client.request(read)).toEqual({ secret: {} });
    expect(requests).toHaveLength(2);
    expect(await failureOf(createClient({ siteUrl, retry: false }).request(read))).not.toMatchObject({
      code: "FORBIDDEN",
    });
  },
);

test.each([
  [{ reqId: "req-1", message: "Secret not found" }],
  [{ statusCode: 404, error: "Delete secret", message: "Secret not found" }],
  [{ error: "NotFound", message: "Secret not found" }],
])("an error in Infisical's own form is Infisical's: %j", async (body) => {
  const { client } = await clientOfGateway({ status: 404, body });
  expect(await failureOf(client.request(read))).toMatchObject({ code: "NOT_FOUND" });
});

test("the message says who answered, with what, and where to look", async () => {
  const { client } = await clientOfGateway({
    status: 404,
    headers: { ...html, server: "nginx/1.25.3" },
    body: "x",
  });
  expect((await failureOf(client.request(read))).message).toMatch(
    /\[StatusCode=404\] A server that calls itself "nginx" answered instead of Infisical \(text\/html\)\. Is siteUrl/,
  );
  const nameless = await clientOfGateway({ status: 407, body: "" });
  expect((await failureOf(nameless.client.request(read))).message).toMatch(
    /Something answered.*asks for credentials/,
  );
});

test("what a gateway calls itself cannot forge a line or grow long", async () => {
  const server = `x${"y".repeat(500)} evil`;
  const { client } = await clientOfGateway({ status: 404, headers: { ...html, server }, body: "x" });
  const { message } = await failureOf(client.request(read));
  expect(message).not.toContain("evil");
  expect(message.length).toBeLessThan(500);
});

test.each([
  "Rate limit exceeded at the mail provider while syncing the secret, which was created",
  "Rate limit exceeded. The secret was stored",
  "rate limit exceeded for token bucket 5",
])("a write that gets a 500 with %j is sent once", async (message) => {
  const { client, requests } = await clientOfGateway({
    status: 500,
    body: { statusCode: 500, error: "InternalServerError", message },
  });
  await failureOf(client.request(write));
  expect(requests).toHaveLength(1);
});

test.each([
  [
    "a 500 with Retry-After and a page",
    { status: 500, headers: { ...html, "retry-after": "1" }, body: "<p>no</p>" },
  ],
  [
    "a 500 with Retry-After and an Infisical error",
    {
      status: 500,
      headers: { "retry-after": "1" },
      body: { statusCode: 500, message: "Something went wrong", error: "InternalServerError" },
    },
  ],
  ["a 429 with a page", { status: 429, headers: { ...html, "retry-after": "1" }, body: "<p>slow down</p>" }],
  ["a 429 that is empty", { status: 429, headers: { "retry-after": "1" }, body: "" }],
  [
    "a 503 with Retry-After",
    {
      status: 503,
      headers: { "retry-after": "1" },
      body: { statusCode: 503, error: "ServiceUnavailable", message: "no" },
    },
  ],
] as [string, Answer][])("a write that gets %s is sent once", async (_, answer) => {
  for (const method of ["POST", "PATCH", "PUT", "DELETE"] as const) {
    const { client, requests } = await clientOfGateway(answer);
    await failureOf(client.request({ method, path: "/api/x", body: {} }));
    expect(requests).toHaveLength(1);
  }
});

test.each([
  [
    "a 429 in the server's own words",
    429,
    {
      statusCode: 429,
      message: "Rate limit exceeded. Please try again in 1 seconds",
      error: "RateLimitExceeded",
    },
  ],
  [
    "a 500 in an older server's own words",
    500,
    { statusCode: 500, message: "Rate limit exceeded, retry in 1 minute", error: "Error" },
  ],
])("a write that gets %s is sent again, since nothing was carried out", async (_, status, body) => {
  const { siteUrl, requests } = await startAnswering((_request, count) =>
    count < 3 ? { status, body } : {},
  );
  const client = createClient({ siteUrl, clock: jumpingClock() });
  client.auth().accessToken("some-token");
  await client.request(write);
  expect(requests).toHaveLength(3);
});

test.each(["-5", "-1", "-0", "+1", "1,2", "1.5.5", "soon", "0x10", "1e3", "Infinity", ""])(
  "a Retry-After of %j says nothing, and the usual waits are kept",
  async (value) => {
    const { siteUrl } = await startAnswering(() => ({
      status: 503,
      headers: { "retry-after": value },
      body: {},
    }));
    const client = createClient({ siteUrl, clock: jumpingClock() });
    client.auth().accessToken("some-token");
    expect((await failureOf(client.request(read))).retryAfter).toBeUndefined();
  },
);

test("a Retry-After of 0 does not take the waits away", async () => {
  const { siteUrl } = await startAnswering(() => ({
    status: 503,
    headers: { "retry-after": "0" },
    body: {},
  }));
  const clock = jumpingClock();
  const client = createClient({ siteUrl, clock });
  client.auth().accessToken("some-token");
  await failureOf(client.request(read));
  expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(0);
});
