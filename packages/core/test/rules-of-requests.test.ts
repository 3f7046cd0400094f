import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { apiPath } from "../src/authoring.ts";
import { createClient, type TransportRequest } from "../src/index.ts";

const read = { method: "GET", path: "/api/x" } as const;

/** What a client sends, and what it refuses to send. */
function recorder(options = {}) {
  const sent: TransportRequest[] = [];
  const transport = async (request: TransportRequest) => {
    sent.push(request);
    return { status: 200, headers: {}, body: "{}" };
  };
  const client = createClient({ siteUrl: "https://a.test", transport, ...options });
  client.auth().accessToken("some-token");
  return { client, sent };
}

const fields =
  "method, path, query, body, headers, expect, signal, timeout, fullResponse, streamed, readOnly, idempotent, identity, operation, target, emit";
const headerName = "headers must have valid HTTP header names of at most 60 characters.";
const pathRule = 'path must begin with a single "/" and contain no white space, "\\", "?" or "#", got';
const dots = 'path must have no "." or ".." between its slashes, got';

test.each<[unknown, string]>([
  [undefined, "request must be an object with a method and a path."],
  [null, "request must be an object with a method and a path, got null."],
  ["GET", "request must be an object with a method and a path, got a string."],
  [
    { ...read, method: "get" },
    'method must be one of GET, POST, PUT, PATCH, DELETE, in capitals, got "get".',
  ],
  [{ ...read, zzzzzzzz: 1 }, `request.zzzzzzzz is not an option; the options are ${fields}.`],
  [{ ...read, expect: "object" }, 'expect must be a response shape or an array of them, got "object".'],
  [{ ...read, expect: null }, "expect must be a response shape or an array of them, got null."],
  [{ ...read, operation: 7 }, "operation must be a string, got 7."],
  [{ ...read, target: 7 }, "target must be an object of names, got 7."],
  [{ ...read, target: null }, "target must be an object of names, got null."],
  [{ ...read, body: () => 1 }, "body must be JSON-serializable."],
  [{ ...read, body: 1n }, "body must be JSON-serializable."],
  [{ ...read, headers: "a" }, "headers must be a plain object of names and values."],
  [{ ...read, headers: null }, "headers must be a plain object of names and values."],
  [{ ...read, headers: [] }, "headers must be a plain object of names and values."],
  [{ ...read, headers: { "a b": "x" } }, headerName],
  [{ ...read, headers: { " a": "x" } }, headerName],
  [{ ...read, headers: { "": "x" } }, headerName],
  [{ ...read, headers: { [`a${"b".repeat(60)}`]: "x" } }, headerName],
  [{ ...read, headers: { a: 7 } }, "headers.a must be a string of visible Latin-1 characters."],
  [{ ...read, headers: { a: "é\u0100" } }, "headers.a must be a string of visible Latin-1 characters."],
  [{ ...read, headers: { a: "\nx" } }, "headers.a must be a string of visible Latin-1 characters."],
  [
    { ...read, headers: { ["a".repeat(30)]: 7 } },
    `headers.${"a".repeat(30)} must be a string of visible Latin-1 characters.`,
  ],
  [{ ...read, headers: { ["a".repeat(31)]: 7 } }, "headers must be a string of visible Latin-1 characters."],
  [{ ...read, query: "a=b" }, "query must be a plain object of names and values, got a string."],
  [{ ...read, query: null }, "query must be a plain object of names and values, got null."],
  [{ ...read, query: [] }, "query must be a plain object of names and values, got an array."],
  [{ ...read, query: { a: null } }, "query.a must be a string, a finite number, true or false, got null."],
  [
    { ...read, query: { a: Number.NaN } },
    "query.a must be a string, a finite number, true or false, got NaN.",
  ],
  [{ ...read, query: { a: "\ud800" } }, "a must be well-formed Unicode."],
  [{ ...read, path: 7 }, `${pathRule} 7.`],
  [{ ...read, path: "/" }, `${pathRule} "/".`],
  [{ ...read, path: "x/api" }, `${pathRule} "x/api".`],
  [{ ...read, path: "//x" }, `${pathRule} "//x".`],
  [{ ...read, path: "/a b" }, `${pathRule} "/a b".`],
  [{ ...read, path: "/ a" }, `${pathRule} "/ a".`],
  [{ ...read, path: "/a\\" }, `${pathRule} "/a\\\\".`],
  [{ ...read, path: "/./a" }, `${dots} "/./a".`],
  [{ ...read, path: "/a/.." }, `${dots} "/a/..".`],
  [{ ...read, path: "/a/.%2E/b" }, `${dots} "/a/.%2E/b".`],
])("the request %o is refused in whole words, and nothing is sent", async (request, message) => {
  const { client, sent } = recorder();
  const error = await failureOf(client.request(request as never));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message });
  expect(sent).toHaveLength(0);
});

test.each([
  ...["authorization", "connection", "content-length", "content-type", "expect", "host", "keep-alive", "te"],
  ...["trailer", "transfer-encoding", "upgrade", "Upgrade"],
])("the header %s is left to the client", async (name) => {
  const { client } = recorder();
  expect(await failureOf(client.request({ ...read, headers: { [name]: "x" } }))).toMatchObject({
    message: `headers.${name} must be left to the client.`,
  });
});

test.each(["if-none-match", "if-match", "if-modified-since", "if-unmodified-since", "range"])(
  "the header %s can go with one request, not with every one",
  async (name) => {
    expect(() => recorder({ headers: { [name]: "x" } })).toThrow(
      `headers.${name} must not go with every request; pass it to request().`,
    );
    const { client, sent } = recorder();
    await client.request({ ...read, headers: { [name.toUpperCase()]: "x" } });
    expect(sent[0]?.headers[name]).toBe("x");
  },
);

test("headers that can be sent are, in lower case, those of a request before those of the client", async () => {
  const { client, sent } = recorder({ headers: { "X-A": "client", "X-B": "client" } });
  const headers = { "x-a": "a\té~\xff", "!#$%&'*+.^`|~-_9": "odd", absent: undefined } as never;
  await client.request({ ...read, headers });
  expect({ ...sent[0]?.headers }).toEqual({
    accept: "application/json",
    authorization: "Bearer some-token",
    "user-agent": expect.stringMatching(/^infisical-sdk-ts\/\d+\.\d+\.\d+/),
    "x-a": "a\té~\xff",
    "x-b": "client",
    "!#$%&'*+.^`|~-_9": "odd",
  });
});

test.each([
  [{}, ""],
  [undefined, ""],
  [{ a: undefined, b: 1 }, "?b=1"],
  [{ a: "x y", "b c": true, d: false, e: -0.5, f: "" }, "?a=x%20y&b%20c=true&d=false&e=-0.5&f="],
  [{ "a&b": "c=d", e: "ü+%" }, "?a%26b=c%3Dd&e=%C3%BC%2B%25"],
])("the query %j is sent as %j", async (query, text) => {
  const { client, sent } = recorder();
  await client.request({ ...read, query: query as never });
  expect(sent[0]?.url).toBe(`https://a.test/api/x${text}`);
});

test.each(["/a", "/a/...", "/a/.b", "/a/b.", "/a/%2e%2e%2e", "/a/%2e%2ex/"])(
  "the path %s is sent as it is",
  async (path) => {
    const { client, sent } = recorder();
    await client.request({ ...read, path });
    expect(sent[0]?.url).toBe(`https://a.test${path}`);
  },
);

test.each([
  [{ method: "GET" }, true],
  [{ method: "POST" }, false],
  [{ method: "DELETE", readOnly: true }, true],
  [{ method: "GET", readOnly: false }, false],
  [{ method: "GET", idempotent: false }, false],
  [{ method: "POST", idempotent: true, readOnly: false }, true],
])("a request with %j may be sent twice: %s", async (request, idempotent) => {
  const { client, sent } = recorder();
  await client.request({ path: "/api/x", ...request } as never);
  expect(sent[0]?.idempotent).toBe(idempotent);
});

test.each<[unknown, string]>([
  ["x".repeat(2001), "siteUrl must have at most 2000 characters."],
  ["https://u@a.test", "siteUrl must not contain a user name or password."],
  ["https://:p@a.test", "siteUrl must not contain a user name or password."],
  ["a.test/@b", "siteUrl must not contain a user name or password."],
  ["https://a.test/?b", "siteUrl must not have a query or a fragment."],
  ["https://a.test/#b", "siteUrl must not have a query or a fragment."],
  ["https://a b", 'siteUrl must be a URL such as "https://app.infisical.com", got "https://a b".'],
  ["h2://a.test", 'siteUrl must begin with https:// or http://, got "h2://a.test".'],
  ["ftp://a.test", 'siteUrl must begin with https:// or http://, got "ftp://a.test".'],
])("the siteUrl %j is refused in whole words", (siteUrl, message) => {
  expect(() => createClient({ siteUrl: siteUrl as string })).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", message }),
  );
});

test.each([
  [`https://a.test/${"x".repeat(1985)}`, `https://a.test/${"x".repeat(1985)}`],
  ["HTTPS://a.test", "https://a.test"],
  [" a.test\n", "https://a.test"],
  ["a.test/x://y", "https://a.test/x:/y"],
  ["https://a.test/api", "https://a.test"],
  ["https://a.test/b//c///", "https://a.test/b/c"],
  ["https://a.test/api/v3", "https://a.test"],
  ["https://a.test/api/v12/", "https://a.test"],
  ["https://a.test/api/vx", "https://a.test/api/vx"],
  ["https://a.test/api/v3/x", "https://a.test/api/v3/x"],
  ["https://a.test/apis", "https://a.test/apis"],
  ["https://a.test/xapi", "https://a.test/xapi"],
  ["a.test:8080/b", "https://a.test:8080/b"],
])("requests to the siteUrl %s go to %s", async (siteUrl, base) => {
  const { client, sent } = recorder({ siteUrl });
  await client.request(read);
  expect(sent[0]?.url).toBe(`${base}/api/x`);
});

test.each([
  [{ secretName: "" }, 'secretName must be a non-empty string, got "".'],
  [{ secretName: 7 }, "secretName must be a non-empty string, got 7."],
  [{}, "path parameter must be a non-empty string."],
  [undefined, "path parameter must be a non-empty string."],
  [{ secretName: "." }, 'secretName must not be "." or "..", got ".".'],
  [{ secretName: ".." }, 'secretName must not be "." or "..", got "..".'],
  [{ secretName: "\ud800" }, "secretName must be well-formed Unicode."],
])("the path parameter %j is refused in whole words", (parameter, message) => {
  expect(() => apiPath`/api/${parameter as never}`).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", message }),
  );
});

test.each<[string, boolean]>([
  ["http://a.test", true],
  ["http://localhost.a.test", true],
  ["http://xlocalhost", true],
  ["http://127.0.0.1.a.test", true],
  ["http://[::2]", true],
  ["https://a.test", false],
  ["http://localhost", false],
  ["http://ab.localhost:80", false],
  ["http://127.20.30.40", false],
  ["http://[::1]:8080", false],
])("a client of %s is warned of plain http: %s", (siteUrl, isWarned) => {
  const warnings: unknown[][] = [];
  const emit = process.emitWarning;
  process.emitWarning = (...args: unknown[]) => void warnings.push(args);
  try {
    createClient({ siteUrl });
  } finally {
    process.emitWarning = emit;
  }
  const text = `siteUrl ${new URL(siteUrl).origin} is not encrypted: credentials and secrets can be read on the way. Use https://.`;
  const options = { type: "InfisicalWarning", code: "INFISICAL_PLAIN_HTTP" };
  expect(warnings).toEqual(isWarned ? [[text, options]] : []);
});

test("a path consists of its fixed parts and its parameters, each encoded", () => {
  expect(apiPath`/api/${{ a: "b/c" }}/d/${{ e: "ü" }}`).toBe("/api/b%2Fc/d/%C3%BC");
});
