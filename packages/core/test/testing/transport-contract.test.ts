import { afterAll, describe, expect, test } from "vitest";
import { isTransportError, TransportError } from "../../src/contracts/transport.ts";
import { type TransportContractOptions, transportContract } from "../../src/testing/index.ts";
import { startTransportServer } from "../../src/testing/server.ts";
import { blind, distort, type Liar, lie, like, misreport, naive } from "./liars.ts";
import { referenceTransport } from "./reference-transport.ts";
import { verdict } from "./verdict.ts";

const server = await startTransportServer();
afterAll(() => server.close());

/** How long to wait where a liar never comes to an end, in milliseconds. */
const hangs = 3000;

/** What is wrong with a transport, by the names of the cases. */
async function complaints(create: Liar, options: Partial<TransportContractOptions> = {}) {
  const cases = transportContract({ create, server: server.addresses, ...options });
  // The writes by the thousand take their time, and have a test of their own.
  return verdict(cases.filter(({ name }) => !name.startsWith("1,000")));
}

describe("a transport that keeps every promise", () => {
  for (const { name, run } of transportContract({ create: referenceTransport, server: server.addresses }))
    test(name, run);
});

test("the addresses survive JSON", () => {
  expect(JSON.parse(JSON.stringify(server.addresses))).toEqual(server.addresses);
});

const notSent = [
  "a refused connection is a failure, and nothing was sent",
  "a name that does not resolve is a failure, and nothing was sent",
  "a certificate that nobody has signed is a failure, and nothing was sent",
  "a certificate that has expired is a failure, and nothing was sent",
  "a certificate of another host is a failure, and nothing was sent",
  "a request whose signal has already aborted is not sent",
  ...(server.addresses.swallowing === null
    ? []
    : ["an abort while it connects ends the request, and nothing was sent"]),
  "an abort in the TLS handshake ends the request, and nothing was sent",
];

const breaks = ["a new", "a reused"];

const sentOnce = [
  ...["POST", "PUT", "PATCH", "DELETE"].flatMap((method) =>
    breaks.map((connection) => `${method} is sent once when ${connection} connection breaks`),
  ),
  "a read that fails is sent once: repeating is the client's task",
];

/** Cases that try one failure of each kind. */
const allKinds = [
  "an error shows nothing that its request carried",
  "an error has no cause",
  "an error has a message, and a code that is a word or absent",
  "a failure does no harm to the next request",
];

const truncated = [
  "a response that ends before its length is reached is a failure, reported as sent",
  "a response that ends in the middle of its chunks is a failure, reported as sent",
  "a response that ends in the middle of a chunk is a failure, reported as sent",
];

const sizes = {
  beyond: "a body larger than maxResponseSize is RESPONSE_TOO_LARGE",
  bytes: "maxResponseSize counts bytes, not characters",
  early: "reading ends at maxResponseSize, however much would follow",
};

describe.concurrent("a transport that", () => {
  const tests: Readonly<Record<string, readonly [Liar, readonly string[], patience?: number]>> = {
    "follows redirects": [
      lie(async (request, right) => {
        const response = await right(request);
        const { location } = response.headers;
        return location ? right({ ...request, url: location }) : response;
      }),
      [301, 302, 303, 307, 308].map(
        (status) => `a redirect with status ${status} is a response, and is not followed`,
      ),
    ],
    "sends a POST again after a broken connection": [
      lie((request, right) =>
        right(request).catch((error: TransportError) => {
          if (request.method === "POST" && error.code === "ECONNRESET") return right(request);
          throw error;
        }),
      ),
      breaks.map((connection) => `POST is sent once when ${connection} connection breaks`),
    ],
    "takes DELETE for a method that may be sent again": [
      lie((request, right) =>
        right(request).catch((error: TransportError) => {
          if (request.method === "DELETE" && error.code !== "ABORTED") return right(request);
          throw error;
        }),
      ),
      breaks.map((connection) => `DELETE is sent once when ${connection} connection breaks`),
    ],
    "sends a read again": [
      lie((request, right) =>
        right(request).catch((error: TransportError) => {
          if (request.method === "GET" && error.code === "ECONNRESET") return right(request);
          throw error;
        }),
      ),
      ["a read that fails is sent once: repeating is the client's task"],
    ],
    "obeys Retry-After": [
      lie(async (request, right) => {
        const response = await right(request);
        return response.status === 503 && response.headers["retry-after"] ? right(request) : response;
      }),
      ["a write is sent once when the response asks to repeat it later"],
    ],
    "looks for another connection after a 421": [
      lie(async (request, right) => {
        const response = await right(request);
        return response.status === 421 ? right(request) : response;
      }),
      ["a write is sent once when the response asks to repeat it over another connection"],
    ],
    "takes what was dropped for not sent": [
      misreport((error) => like(error, { sent: error.sent && error.code !== "ECONNRESET" })),
      [
        ...["close", "reset"].flatMap((ending) =>
          ["headers", "body"].map(
            (after) =>
              `a connection that breaks after the request's ${after} (${ending}) is a failure, reported as sent`,
          ),
        ),
        ...truncated,
        "a response that ends in the middle of its headers is a failure, reported as sent",
        ...sentOnce,
        ...allKinds,
      ],
    ],
    "takes everything for sent": [misreport((error) => like(error, { sent: true })), notSent],
    "resolves with what there is of a body": [
      lie((request, right) =>
        right(request).catch((error: TransportError) => {
          if (error.code !== "ECONNRESET" || !request.url.includes("Content-Length")) throw error;
          return { status: 200, headers: {}, body: '{"half":' };
        }),
      ),
      [truncated[0] as string, ...sentOnce, ...allKinds],
    ],
    "keeps the case of header names": [
      distort(({ headers, ...response }) => ({
        ...response,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.replace(/^x/, "X"), value]),
        ),
      })),
      ["header names arrive in lower case"],
    ],
    "keeps the last of a repeated header": [
      distort(({ headers, ...response }) => ({
        ...response,
        headers: { ...headers, ...(headers["x-twice"] ? { "x-twice": "c" } : {}) },
      })),
      ["the values of a repeated header are joined by a comma and a space"],
    ],
    "fails at a status of 500": [
      lie(async (request, right) => {
        const response = await right(request);
        if (response.status === 500) throw new TransportError("HTTP 500", { sent: true });
        return response;
      }),
      ["no status is a failure"],
    ],
    "puts the token into the message": [
      misreport((error, { headers }) => like(error, { message: `failed: ${headers["authorization"]}` })),
      ["an error shows nothing that its request carried"],
    ],
    "puts the request into a field of its error": [
      misreport((error, request) => Object.assign(like(error), { request })),
      ["an error shows nothing that its request carried"],
    ],
    "puts the address into the message": [
      misreport((error, { url }) => like(error, { message: `${url}: ${error.message}` })),
      ["an error shows nothing that its request carried"],
    ],
    "chains a cause": [
      misreport((error) => Object.assign(like(error), { cause: new Error("why") })),
      ["an error has no cause"],
    ],
    "has codes that are numbers": [
      misreport((error) => Object.assign(like(error), error.code === "ECONNREFUSED" ? { code: 111 } : {})),
      ["an error has a message, and a code that is a word or absent"],
    ],
    "decodes each chunk by itself": [
      naive(/\/wire\//),
      ["a character whose bytes arrive separately stays whole"],
    ],
    "asks for compression and cannot read it": [
      naive(/\/encoded\/.*text=/, { "accept-encoding": "gzip" }),
      [
        "a body arrives decompressed if the request accepts gzip",
        "a compressed body that is damaged is a failure",
      ],
    ],
    "has no largest size": [
      lie((request, right) => right(request), { maxResponseSize: Number.POSITIVE_INFINITY }),
      Object.values(sizes),
      hangs,
    ],
    "looks at the size when it has read everything": [
      (options) =>
        lie(
          async (request, right) => {
            const response = await right(request);
            const { maxResponseSize: most = Number.POSITIVE_INFINITY } = options;
            if (Buffer.byteLength(response.body) <= most) return response;
            throw new TransportError("too large", { sent: true, code: "RESPONSE_TOO_LARGE" });
          },
          { maxResponseSize: Number.POSITIVE_INFINITY },
        )(options),
      [sizes.early],
      hangs,
    ],
    "counts characters": [
      ({ maxResponseSize = 1e9, ...options }) =>
        lie(async (request, right) => {
          const { body, ...response } = await right(request);
          if (body.length <= maxResponseSize || !body.includes("€")) return { body, ...response };
          throw new TransportError("too large", { sent: true, code: "RESPONSE_TOO_LARGE" });
        })({ ...options, maxResponseSize: maxResponseSize === 1000 ? 1200 : maxResponseSize }),
      [sizes.bytes],
    ],
    "remembers cookies": [
      (options) => {
        let cookie: string | undefined;
        return lie(async ({ headers, ...request }, right) => {
          const response = await right({ ...request, headers: cookie ? { ...headers, cookie } : headers });
          cookie = response.headers["set-cookie"] ?? cookie;
          return response;
        })(options);
      },
      ["a request carries no cookies, and only the credentials that it was given"],
    ],
    "changes the query": [
      lie((request, right) => right({ ...request, url: request.url.replace("q=a+b", "q=a%20b") })),
      ["a request arrives byte for byte: method, path, query, headers and body"],
    ],
    "sends a request whose signal has aborted": [
      lie((request, right) => {
        const { signal: _, ...rest } = request;
        if (request.signal.aborted)
          right({ ...rest, signal: new AbortController().signal }).catch(() => undefined);
        return right(request);
      }),
      ["a request whose signal has already aborted is not sent", ...allKinds],
    ],
  };
  for (const [name, [liar, expected, patience]] of Object.entries(tests)) {
    test(name, async () => {
      expect(Object.keys(await complaints(liar, { patience })).sort()).toEqual([...expected].sort());
    });
  }
});

test("a transport that ignores the signal", async () => {
  const create = lie((request, right) => right({ ...request, signal: new AbortController().signal }));
  const cases = transportContract({ create, server: server.addresses, patience: hangs });
  const aborts = cases.filter(({ name }) => /\babort/.test(name) && !name.includes("after the response"));
  // All at once, since each of them waits.
  const found = await Promise.all(aborts.map((one) => verdict([one])));
  expect(found.flatMap((one) => Object.keys(one))).toEqual(aborts.map(({ name }) => name));
});

test("a transport that throws errors of another kind", async () => {
  const found = await complaints(misreport(() => new Error("failed")));
  expect(found).toMatchObject({
    "a refused connection is a failure, and nothing was sent":
      'POST /plain rejects with "failed", not with a TransportError.',
  });
  expect(Object.keys(found)).toEqual(expect.arrayContaining([...notSent, ...truncated, ...allKinds]));
});

test("a transport that replaces a global", async () => {
  const { fetch } = globalThis;
  const replaces = lie((request, right) => {
    globalThis.fetch = () => fetch("about:blank");
    return right(request);
  });
  const name = "the platform's globals do not change";
  const cases = transportContract({ create: replaces, server: server.addresses });
  const found = await verdict(cases.filter((one) => one.name === name));
  globalThis.fetch = fetch;
  expect(found).toEqual({ [name]: "The transport changes the global fetch." });
});

test("a transport that does not notice that idle connections were closed", async () => {
  const cases = transportContract({ create: blind, server: server.addresses, patience: hangs });
  const idle = cases.filter(({ name }) => /idle/.test(name));
  expect(idle).toHaveLength(3);
  expect(Object.keys(await verdict(idle))).toEqual(idle.map(({ name }) => name));
});

test("errors are recognized across copies of the package", () => {
  expect(isTransportError(like(new TransportError("m", { sent: true })))).toBe(true);
});
