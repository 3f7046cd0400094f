import { inspect } from "node:util";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import {
  type AuthStrategy,
  type Client,
  type ClientOptions,
  createClient,
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from "../src/index.ts";

const ok: TransportResponse = { status: 200, headers: {}, body: "{}" };

/** A client with a token, whose requests go through a function. */
function clientThrough(transport: Transport, options: ClientOptions = {}): Client {
  const client = createClient({ transport, retry: false, siteUrl: "https://server.test", ...options });
  client.auth().accessToken("a-token");
  return client;
}

const read = { method: "GET", path: "/api/x", query: { a: "b c" } } as const;
const write = { method: "POST", path: "/api/x", body: { value: "hunter2" } } as const;

test("a transport gets the whole request, and whether it may be sent twice", async () => {
  const seen: TransportRequest[] = [];
  const client = clientThrough(async (request) => {
    seen.push(request);
    return ok;
  });
  await client.request(read);
  await client.request(write);
  await client.request({ ...write, readOnly: true });
  expect(seen).toMatchObject([
    {
      method: "GET",
      url: "https://server.test/api/x?a=b%20c",
      headers: { authorization: "Bearer a-token", accept: "application/json" },
      body: undefined,
      idempotent: true,
    },
    {
      method: "POST",
      url: "https://server.test/api/x",
      headers: { "content-type": "application/json" },
      body: '{"value":"hunter2"}',
      idempotent: false,
    },
    { method: "POST", idempotent: true },
  ]);
  expect(seen[0]?.signal).toBeInstanceOf(AbortSignal);
});

const text = "it broke";
test.each<[string, unknown, string, string]>([
  [
    "says that nothing was sent",
    new TransportError(text, { sent: false }),
    "UNREACHABLE",
    "No connection to the server: it broke",
  ],
  [
    "says that something was sent",
    new TransportError(text, { sent: true }),
    "CONNECTION_LOST",
    "The connection broke before the response was complete: it broke",
  ],
  [
    "found the response too large",
    new TransportError(text, { sent: true, code: "RESPONSE_TOO_LARGE" }),
    "INVALID_RESPONSE",
    "The response is too large: it broke",
  ],
  [
    "comes from another copy of the package",
    Object.assign(new Error(text), { name: "TransportError", sent: false }),
    "UNREACHABLE",
    "No connection to the server: it broke",
  ],
  [
    "has a `sent` that is not a boolean",
    Object.assign(new Error(text), { name: "TransportError", sent: "no" }),
    "CONNECTION_LOST",
    "before the response was complete: it broke",
  ],
  [
    "is an ordinary error",
    new TypeError(text),
    "CONNECTION_LOST",
    "before the response was complete: it broke",
  ],
  ["is not an error", undefined, "CONNECTION_LOST", "before the response was complete: the exchange failed"],
])("a transport's error that %s: its code and its text", async (_, thrown, code, message) => {
  const error = await failureOf(clientThrough(() => Promise.reject(thrown)).request(read));
  expect(error).toMatchObject({
    code,
    statusCode: undefined,
    method: "GET",
    url: "https://server.test/api/x",
  });
  expect(error.message).toContain(message);
  expect(error.cause).toBeUndefined();
});

test("a transport that throws synchronously is a failure like any other", async () => {
  const transport = (() => {
    throw new TransportError("it broke", { sent: false });
  }) as Transport;
  expect(await failureOf(clientThrough(transport).request(read))).toMatchObject({ code: "UNREACHABLE" });
});

test("a write whose transport says that nothing was sent is sent again, any other is not", async () => {
  const attempts: Record<string, number> = { unsent: 0, unknown: 0 };
  const through = (name: string, sent: boolean): Client =>
    clientThrough(
      async () => {
        attempts[name] = (attempts[name] ?? 0) + 1;
        throw new TransportError("it broke", { sent });
      },
      { retry: { limit: 2, baseDelay: 0 } },
    );
  await failureOf(through("unsent", false).request(write));
  await failureOf(through("unknown", true).request(write));
  expect(attempts).toEqual({ unsent: 3, unknown: 1 });
});

test("what a foreign transport's error repeats of the request is not shown", async () => {
  const transport: Transport = ({ headers, body }) =>
    Promise.reject(new Error(`failed: ${JSON.stringify(headers)} ${body}`));
  const error = await failureOf(clientThrough(transport).request(write));
  expect(error.message).toContain("[redacted]");
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/a-token|hunter2/);
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["no headers", { status: 200, body: "{}" }],
  ["headers that are null", { status: 200, headers: null, body: "{}" }],
  ["a status that is a text", { status: "200", headers: {}, body: "{}" }],
  ["a Response", new Response("{}")],
])("a transport that resolves to %s gives INVALID_RESPONSE", async (_, response) => {
  const transport = (async () => response) as Transport;
  const error = await failureOf(clientThrough(transport).request(read));
  expect(error).toMatchObject({ code: "INVALID_RESPONSE" });
  expect(error.message).toContain("The transport must resolve to { status, headers, body }.");
});

test.each(["status", "headers", "body"])(
  "a response whose %s cannot be read is INVALID_RESPONSE, and is not asked for again",
  async (field) => {
    let attempts = 0;
    const unreadable = {
      get: () => {
        throw new Error("hunter2");
      },
    };
    const transport: Transport = async () => {
      attempts += 1;
      return Object.defineProperty({ ...ok }, field, unreadable);
    };
    const error = await failureOf(clientThrough(transport, { retry: { baseDelay: 0 } }).request(read));
    expect(error.code).toBe("INVALID_RESPONSE");
    expect(error.message).toMatch(/The response cannot be read\.$/);
    expect(attempts).toBe(1);
  },
);

test("an expectation that cannot be read is not the transport's fault", async () => {
  const expectation = {
    get secrets(): never {
      throw new Error("hunter2");
    },
  };
  const error = await failureOf(clientThrough(async () => ok).request({ ...read, expect: expectation }));
  expect(error.code).toBe("INVALID_OPTION");
  expect(error.message).toMatch(/^expect /);
});

test("a body beyond the transport's limit is refused, also where the transport did not look", async () => {
  const body = JSON.stringify("x".repeat(98));
  const limited = (maxResponseSize: number): Client =>
    clientThrough(Object.assign(async () => ({ ...ok, body }), { maxResponseSize }));
  expect(await limited(100).request(read)).toHaveLength(98);
  expect(await failureOf(limited(99).request(read))).toMatchObject({
    code: "INVALID_RESPONSE",
    message: expect.stringContaining("The response is too large: more than 99 bytes."),
  });
});

test("a redirect whose status the platform hides is REDIRECTED", async () => {
  const client = clientThrough(async () => ({ status: 0, headers: {}, body: "" }));
  expect(await failureOf(client.request(read))).toMatchObject({ code: "REDIRECTED", statusCode: undefined });
});

test("a 304 nobody asked for is an error", async () => {
  const client = clientThrough(async () => ({ status: 304, headers: {}, body: "" }));
  expect(await failureOf(client.request(read))).toMatchObject({ statusCode: 304 });
  expect(await client.request({ ...read, headers: { "if-none-match": '"a"' } })).toBeUndefined();
});

test("a login's other requests go through the client's own transport", async () => {
  const urls: string[] = [];
  const auth: AuthStrategy = {
    name: "metadata",
    async login({ transport }) {
      const { signal } = new AbortController();
      const url = "http://metadata.test/token";
      const { body } = await transport({ method: "GET", url, headers: {}, idempotent: true, signal });
      return { accessToken: body };
    },
  };
  const transport: Transport = async ({ url, headers }) => {
    urls.push(`${url} ${headers["authorization"] ?? ""}`.trim());
    return url.startsWith("http://metadata.test/") ? { ...ok, body: "from-metadata" } : ok;
  };
  await createClient({ siteUrl: "https://server.test", transport, auth }).request(read);
  expect(urls).toEqual([
    "http://metadata.test/token",
    "https://server.test/api/x?a=b%20c Bearer from-metadata",
  ]);
});

test.each([false, 0, "", Number.NaN, 0n, new AbortController(), {}])(
  "what is not a signal (%s) is refused by name, and nothing is sent",
  async (signal) => {
    let sent = 0;
    const client = clientThrough(async () => {
      sent += 1;
      return ok;
    });
    const error = await failureOf(client.request({ ...read, signal: signal as never }));
    expect(error).toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(/^signal must be/),
    });
    expect(sent).toBe(0);
  },
);
