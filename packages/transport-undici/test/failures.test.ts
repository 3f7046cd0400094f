import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { expect, test } from "vitest";
import { authority, serve, serveSecurely, serveSockets, withResolvers } from "#test-kit";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send, token } from "./exchange.ts";

test("the error for an unknown authority names the cure", async () => {
  const server = await serveSecurely((_request, response) => response.end(), { host: "localhost" });
  const { message, sent } = await failureOf(send(undiciTransport(), server.url));
  expect(sent).toBe(false);
  expect(message).toMatch(/connect: \{ ca \}.*NODE_EXTRA_CA_CERTS/);
});

test("the error for a certificate of another host says so, and nothing was sent", async () => {
  const server = await serveSecurely((_request, response) => response.end(), { host: "localhost" });
  const dispatcher = new Agent({ connect: { ca: authority, servername: "elsewhere.internal" } });
  const { code, sent } = await failureOf(
    send(undiciTransport({ dispatcher }), `https://127.0.0.1:${server.port}`),
  );
  expect({ code, sent }).toEqual({ code: "ERR_TLS_CERT_ALTNAME_INVALID", sent: false });
});

test("https: to a port without TLS says so, and nothing was sent", async () => {
  const server = await serve((_request, response) => response.end());
  const { message, sent } = await failureOf(send(undiciTransport(), server.url.replace("http", "https")));
  expect(sent).toBe(false);
  expect(message).toContain("its address may have to begin with http:");
});

test("http: to a port with TLS says so", async () => {
  const server = await serveSecurely((_request, response) => response.end(), { host: "localhost" });
  const { message } = await failureOf(send(undiciTransport(), `http://127.0.0.1:${server.port}`));
  expect(message).toContain("its address begins with https:");
});

test("a request whose connection exceeds the dispatcher's time limit was not sent", async () => {
  const server = await serveSockets(() => undefined);
  const dispatcher = new Agent({ connect: { timeout: 1, ca: authority } });
  const { code, sent } = await failureOf(
    send(undiciTransport({ dispatcher }), `https://127.0.0.1:${server.port}`),
  );
  expect({ code, sent }).toEqual({ code: "UND_ERR_CONNECT_TIMEOUT", sent: false });
});

test("if several addresses refuse, the error is that of the first one", async () => {
  const addresses = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
  const lookup: LookupFunction = (_host, _options, callback) => callback(null, addresses);
  const dispatcher = new Agent({ connect: { lookup } });
  const failure = await failureOf(send(undiciTransport({ dispatcher }), "http://infisical.internal:1"));
  expect(failure.message).toBe("connect ECONNREFUSED 127.0.0.1:1");
  expect(failure.sent).toBe(false);
});

test.each(["ftp://host/", "/api", "http://user:pass@host/", "http://[/"])(
  "the address %j is not sent",
  async (url) => {
    const { code, message, sent } = await failureOf(send(undiciTransport(), url));
    expect({ code, sent }).toEqual({ code: "ERR_INVALID_URL", sent: false });
    expect(message).not.toContain("pass");
  },
);

test("a header that HTTP does not allow is neither sent nor shown", async () => {
  const server = await serve((_request, response) => response.end());
  const headers = { "x-text": `${token}\n` };
  const { code, sent } = await failureOf(send(undiciTransport(), server.url, { headers }));
  expect({ code, sent }).toEqual({ code: "UND_ERR_INVALID_ARG", sent: false });
  expect(server.connections).toHaveLength(0);
});

test("the error of a composed dispatcher is not passed on", async () => {
  const dispatcher = new Agent().compose(() => () => {
    throw Object.assign(new Error(token), { code: token, syscall: token });
  });
  const { code, message, sent } = await failureOf(
    send(undiciTransport({ dispatcher }), "http://127.0.0.1:1"),
  );
  expect({ code, message, sent }).toEqual({ code: undefined, message: "The exchange failed.", sent: false });
});

test("what a dispatcher has started to answer was sent, whether or not it reported a start", async () => {
  const dispatcher = new Agent().compose(() => (_options, handler) => {
    const controller = { aborted: false, paused: false, reason: null };
    const silent = { ...controller, abort: () => undefined, pause: () => undefined, resume: () => undefined };
    handler.onResponseStart?.(silent, 200, {});
    handler.onResponseError?.(silent, new Error("broken"));
    return true;
  });
  const { sent } = await failureOf(send(undiciTransport({ dispatcher }), "http://127.0.0.1:1"));
  expect(sent).toBe(true);
});

test("a path with a dot segment or a fragment is normalized as in a URL", async () => {
  const server = await serve(({ url }, response) => response.end(url));
  const transport = undiciTransport();
  for (const [path, sent] of [
    ["/a", "/a"],
    ["/a/../b?c=d#e", "/b?c=d"],
    ["/a/../b", "/b"],
    ["/a?b=%20+ü", "/a?b=%20+%C3%BC"],
    ["", "/"],
    ["?a", "/?a"],
  ]) {
    expect((await send(transport, server.url + path)).body).toBe(sent);
  }
  const port = `${server.port}`;
  // Another port that begins like this one is another origin.
  const other = await failureOf(send(transport, `${server.url.slice(0, -port.length)}${port}0`));
  expect(other.sent).toBe(false);
});

test("an abort while the body is read ends the exchange, and the server sees it", async () => {
  const abort = new AbortController();
  const { promise: closed, resolve: close } = withResolvers();
  const server = await serve((request, response) => {
    request.socket.on("close", close);
    response.write("half");
    setImmediate(() => abort.abort());
  });
  const { code, sent } = await failureOf(send(undiciTransport(), server.url, { signal: abort.signal }));
  expect({ code, sent }).toEqual({ code: "ABORTED", sent: true });
  await closed;
});
