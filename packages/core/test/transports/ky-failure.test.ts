import { inspect } from "node:util";
import ky, { type Options } from "ky";
import { afterEach, expect, test, vi } from "vitest";
import { failureOf, serve, serveSecurely, serveSockets, withResolvers } from "#test-kit";
import type { TransportRequest } from "../../src/contracts/transport.ts";
import { type Fetch, kyTransport } from "../../src/ky.ts";
import { requestTo, token, writeTo } from "./ky-requests.ts";
import { refusedAddress } from "./ky-servers.ts";
import { recordingFetch } from "./recording-fetch.ts";

const url = "http://localhost/";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What becomes of an error that a `fetch` rejects with. */
function failureFrom(error: unknown, request: TransportRequest = writeTo(url)) {
  return failureOf(kyTransport({ fetch: () => Promise.reject(error) })(request));
}

/** An error as Node's `fetch` makes it. */
function fetchFailed(message: string, fields: object) {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), fields) });
}

test("a refused connection is distinguished from a broken one", async () => {
  const refused = await failureOf(kyTransport()(writeTo(await refusedAddress())));
  expect(refused).toMatchObject({ code: "ECONNREFUSED", sent: false });
  const { url: broken } = await serveSockets((socket) => socket.once("data", () => socket.destroy()));
  expect(await failureOf(kyTransport()(writeTo(broken)))).toMatchObject({ sent: true });
});

test("only what fails before anything is sent says so", async () => {
  const unsent = [
    fetchFailed("getaddrinfo ENOTFOUND a", { code: "ENOTFOUND", syscall: "getaddrinfo" }),
    fetchFailed("Connect Timeout Error", { code: "UND_ERR_CONNECT_TIMEOUT" }),
    fetchFailed("connect EHOSTUNREACH", { code: "EHOSTUNREACH", syscall: "connect" }),
    fetchFailed("", {
      errors: [fetchFailed("connect ETIMEDOUT", { code: "ETIMEDOUT", syscall: "connect" })],
    }),
    fetchFailed("bad port", {}),
    new TypeError("error sending request for url (http://a/): client error (Connect): tcp connect error"),
    new TypeError("Fetch failed: Requests to port 22 are blocked"),
  ];
  for (const error of unsent) expect(await failureFrom(error), inspect(error)).toMatchObject({ sent: false });
  const unknown = [
    fetchFailed("read ETIMEDOUT", { code: "ETIMEDOUT", syscall: "read" }),
    fetchFailed("read ECONNRESET", { code: "ECONNRESET", syscall: "read" }),
    new TypeError("error sending request for url (http://a/): client error (SendRequest): connection closed"),
    new TypeError("Failed to fetch"),
    "a text",
    undefined,
  ];
  for (const error of unknown) expect(await failureFrom(error), inspect(error)).toMatchObject({ sent: true });
});

test("Deno's texts are cut to what happened and get a code", async () => {
  const address = "http://localhost/?secretPath=/hidden";
  const text = "client error (Connect): tcp connect error: Connection refused (os error 111)";
  const failure = await failureFrom(new TypeError(`error sending request for url (${address}): ${text}`));
  expect(failure).toMatchObject({ message: text, code: "ECONNREFUSED" });
});

test("a failed certificate was sent nothing, and the text says what helps", async () => {
  const deno = "error sending request for url (https://a/): client error (Connect): invalid peer certificate";
  const failures: [error: unknown, cure: RegExp][] = [
    [fetchFailed("self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), /NODE_EXTRA_CA_CERTS/],
    [fetchFailed("first certificate", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }), /NODE_EXTRA_CA_CERTS/],
    [fetchFailed("certificate has expired", { code: "CERT_HAS_EXPIRED" }), /Renew/],
    [fetchFailed("altnames", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }), /names\.$/],
    [new TypeError(`${deno}: UnknownIssuer`), /DENO_CERT/],
    [new TypeError(`${deno}: certificate expired: verification time 1`), /Renew/],
    [
      new TypeError(`${deno}: certificate not valid for name "a"; certificate is only valid for b`),
      /names\.$/,
    ],
  ];
  for (const [error, cure] of failures) {
    expect(await failureFrom(error)).toMatchObject({ sent: false, message: expect.stringMatching(cure) });
  }
});

test("no error holds what the request carried", async () => {
  const request = writeTo(url);
  const errors = [
    new Error(`Cannot send ${JSON.stringify(request)}`),
    Object.assign(new Error("other"), { request, cause: new Error(`with ${request.body} and ${token}`) }),
    new TypeError(`Headers.append: "${token}\n" is an invalid header value.`),
    new TypeError("http://user:password@localhost/ holds credentials"),
    `${token}`,
  ];
  for (const error of errors) {
    const failure = await failureFrom(error, request);
    const shown = inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure);
    expect(shown).not.toMatch(/hush|whispered|user:password/);
    expect(failure.cause).toBeUndefined();
  }
});

test("the errors of an instance hold no request", async () => {
  const transport = kyTransport({ ky: ky.create({ timeout: 1, throwHttpErrors: true }) });
  const failure = await failureOf(transport(writeTo(await refusedAddress())));
  expect(failure).toMatchObject({ name: "TransportError", code: "ECONNREFUSED", sent: false });
  expect(inspect(failure, { depth: 9 })).not.toMatch(/hush|whispered/);
});

test("a header value that HTTP does not allow is not sent and not shown", async () => {
  for (const instance of [undefined, ky.create()]) {
    const { fetch, calls } = recordingFetch();
    const headers = { authorization: `${token}\nx-more: 1` };
    const failure = await failureOf(kyTransport({ fetch, ky: instance })(writeTo(url, { headers })));
    expect(failure).toMatchObject({ sent: false, message: expect.stringContaining("authorization") });
    expect(failure.message).not.toContain("hush");
    expect(calls).toEqual([]);
  }
});

test("a header value of a hook's that HTTP does not allow is not shown", async () => {
  const hooks = { beforeRequest: [({ headers }: Request) => headers.set("x-key", "hush\nx-more: 1")] };
  const failure = await failureOf(kyTransport({ ky: ky.create({ hooks }) })(writeTo(url)));
  expect(failure.message).toBe("A header has a value that HTTP does not allow.");
});

test("a platform without fetch says what to pass", async () => {
  vi.stubGlobal("fetch", undefined);
  for (const instance of [undefined, ky.create()]) {
    const message = "This platform has no fetch: pass `fetch` or another `transport`.";
    expect(await failureOf(kyTransport({ ky: instance })(writeTo(url)))).toMatchObject({
      message,
      sent: false,
    });
  }
});

test("what is not a response is a failure", async () => {
  for (const response of [undefined, {}, Response.error()]) {
    const { fetch } = recordingFetch(() => response);
    expect(await failureOf(kyTransport({ fetch })(writeTo(url)))).toMatchObject({ sent: true });
  }
});

test("a signal that has aborted calls no fetch", async () => {
  const { fetch, calls } = recordingFetch();
  const failure = await failureOf(kyTransport({ fetch })(writeTo(url, { signal: AbortSignal.abort() })));
  expect(failure).toMatchObject({ code: "ABORTED", sent: false });
  expect(calls).toEqual([]);
});

test("an abort ends the exchange immediately, even if the fetch ignores its signal", async () => {
  const controller = new AbortController();
  const called = withResolvers();
  const fetch: Fetch = () => {
    called.resolve();
    return new Promise(() => {});
  };
  const exchange = failureOf(kyTransport({ fetch })(writeTo(url, { signal: controller.signal })));
  await called.promise;
  controller.abort();
  expect(await exchange).toMatchObject({ name: "TransportError", code: "ABORTED", sent: true });
});

test("a response that comes after the abort is let go", async () => {
  const controller = new AbortController();
  const { promise, resolve } = withResolvers();
  const called = withResolvers();
  const cancelled = withResolvers();
  const fetch: Fetch = async () => {
    called.resolve();
    await promise;
    return new Response(new ReadableStream({ cancel: () => cancelled.resolve() }));
  };
  const exchange = failureOf(kyTransport({ fetch })(writeTo(url, { signal: controller.signal })));
  await called.promise;
  controller.abort();
  expect(await exchange).toMatchObject({ code: "ABORTED" });
  resolve();
  await cancelled.promise;
});

test("a body beyond the limit closes the connection, also where a hook keeps a copy", async () => {
  const hooks = {
    afterResponse: [(_request: Request, _options: object, copy: Response) => void copy.clone()],
  };
  for (const instance of [undefined, ky.create({ hooks })]) {
    const closed = withResolvers();
    const { url: siteUrl } = await serve((_request, response) => {
      response.on("close", () => closed.resolve());
      response.write("x".repeat(100));
    });
    const transport = kyTransport({ ky: instance, maxResponseSize: 10 });
    expect(await failureOf(transport(requestTo(siteUrl)))).toMatchObject({ code: "RESPONSE_TOO_LARGE" });
    await closed.promise;
  }
});

test("nothing stays on a signal that outlives its requests", async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  const { url: siteUrl } = await serve((_request, response) => response.end());
  await kyTransport()(requestTo(siteUrl, { signal }));
  expect(added).toHaveBeenCalledTimes(1);
  expect(removed).toHaveBeenCalledTimes(1);
});

test.each<[string, () => unknown]>([
  ["whose `errors` are an object", () => Object.assign(new Error("invalid"), { errors: { field: "x" } })],
  ["whose code has no text", () => Object.assign(new Error("invalid"), { code: Object.create(null) })],
  [
    "whose message cannot be read",
    () =>
      Object.defineProperty(new Error(), "message", {
        get: () => {
          throw new Error("no");
        },
      }),
  ],
  ["that is nothing", () => undefined],
])("an error %s is a failed exchange like any other", async (_, error) => {
  const fetch = () => Promise.reject(error());
  const failed = failureOf(kyTransport({ fetch })(requestTo("http://localhost/")));
  expect(await failed).toMatchObject({ name: "TransportError", sent: true });
});

test("an address that is not absolute is refused before anything is sent", async () => {
  const failed = failureOf(kyTransport()(requestTo("metadata/token")));
  expect(await failed).toMatchObject({ sent: false, code: "ERR_INVALID_URL" });
});

test("a write that a hook repeats has been sent, whatever comes of the repetition", async () => {
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    if (calls === 1) return new Response("", { status: 502 });
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  const instance = ky.create({
    hooks: {
      afterResponse: [
        (request, options, response) =>
          response.status === 502 ? ky(request.url, { ...options, hooks: {} } as Options) : undefined,
      ],
    },
  });
  const failed = failureOf(
    kyTransport({ ky: instance, fetch })(writeTo("http://localhost/", { body: "{}" })),
  );
  expect(await failed).toMatchObject({ sent: true });
  expect(calls).toBe(2);
});

test("TLS to a port that does not speak it was not sent, and says so", async () => {
  const { port } = await serve((_, response) => response.end("{}"));
  const { signal } = new AbortController();
  const request = {
    method: "POST",
    url: `https://127.0.0.1:${port}/`,
    headers: {},
    idempotent: false,
    signal,
  };
  await expect(kyTransport()(request)).rejects.toMatchObject({
    sent: false,
    message: "The server does not speak TLS on this port; its address may have to begin with http:.",
  });
});

test("plain HTTP to a port that speaks TLS has a hint", async () => {
  const { port } = await serveSecurely(() => undefined);
  const { signal } = new AbortController();
  const request = { method: "GET", url: `http://127.0.0.1:${port}/`, headers: {}, idempotent: true, signal };
  await expect(kyTransport()(request)).rejects.toMatchObject({
    message: expect.stringContaining("its address begins with https:"),
  });
});
