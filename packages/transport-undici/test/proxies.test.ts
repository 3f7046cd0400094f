import { EnvHttpProxyAgent, ProxyAgent } from "undici";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { authority, serve, serveProxy, serveSecurely, serveSockets, withResolvers } from "#test-kit";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send } from "./exchange.ts";

const variables = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

beforeEach(() => {
  for (const name of variables) for (const each of [name, name.toLowerCase()]) vi.stubEnv(each, undefined);
  return () => vi.unstubAllEnvs();
});

/** A server that says whether the proxy's credentials have reached it. */
const target = () =>
  serve(({ headers }, response) => response.end(headers["proxy-authorization"] ?? "hello"));

describe.each(["HTTP_PROXY", "http_proxy"])("with %s", (variable) => {
  test.each(["GET", "POST"])("a %s to an HTTP server goes through the proxy", async (method) => {
    const [server, proxy] = await Promise.all([target(), serveProxy()]);
    vi.stubEnv(variable, proxy.url);
    const { body } = await send(undiciTransport(), server.url, { method });
    expect(body).toBe("hello");
    expect(proxy.requests).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  });
});

test("an HTTPS server is reached through HTTPS_PROXY, and its certificate is checked", async () => {
  const [server, proxy] = await Promise.all([
    serveSecurely((_request, response) => response.end("hello"), { host: "localhost" }),
    serveProxy(),
  ]);
  vi.stubEnv("HTTPS_PROXY", proxy.url);
  const dispatcher = new EnvHttpProxyAgent({ requestTls: { ca: authority } });
  expect((await send(undiciTransport({ dispatcher }), server.url)).body).toBe("hello");
  const { code, sent } = await failureOf(send(undiciTransport(), server.url));
  expect({ code, sent }).toEqual({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", sent: false });
  expect(proxy.requests).toEqual(Array(2).fill(`CONNECT localhost:${server.port}`));
});

test("hosts in NO_PROXY are reached directly", async () => {
  const [server, proxy] = await Promise.all([target(), serveProxy()]);
  vi.stubEnv("HTTP_PROXY", proxy.url);
  vi.stubEnv("NO_PROXY", "example.com,127.0.0.1");
  expect((await send(undiciTransport(), server.url)).body).toBe("hello");
  expect(proxy.requests).toEqual([]);
});

test("each transport reads the environment at its own first request", async () => {
  const [server, proxy] = await Promise.all([target(), serveProxy()]);
  const [before, after] = [undiciTransport(), undiciTransport()];
  await send(before, server.url);
  vi.stubEnv("HTTP_PROXY", proxy.url);
  await send(before, server.url);
  expect(proxy.requests).toEqual([]);
  await send(after, server.url);
  expect(proxy.requests).toHaveLength(1);
});

test("the credentials in the proxy's address are only sent to the proxy", async () => {
  const [server, proxy] = await Promise.all([target(), serveProxy()]);
  vi.stubEnv("HTTP_PROXY", proxy.url.replace("://", "://user:pass@"));
  expect((await send(undiciTransport(), server.url)).body).toBe("hello");
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("user:pass").toString("base64")}`]);
});

test.each([407, 503])(
  "the error of a proxy that refuses with %d names it, and nothing was sent",
  async (status) => {
    const [server, proxy] = await Promise.all([target(), serveProxy({ status })]);
    vi.stubEnv("HTTP_PROXY", proxy.url);
    for (const method of ["GET", "POST"]) {
      const { code, message, sent } = await failureOf(send(undiciTransport(), server.url, { method }));
      expect({ code, sent }).toEqual({ code: "ERR_PROXY_TUNNEL", sent: false });
      expect(message).toContain(`status ${status}`);
    }
    expect(server.connections).toHaveLength(0);
    expect(proxy.requests).toHaveLength(2);
  },
);

test("a proxy that forwards instead of opening a tunnel can require credentials", async () => {
  const proxy = await serveProxy({ status: 407 });
  const dispatcher = new ProxyAgent({ uri: proxy.url, proxyTunnel: false });
  const { code, sent } = await failureOf(send(undiciTransport({ dispatcher }), "http://infisical.internal/"));
  expect({ code, sent }).toEqual({ code: "ERR_PROXY_TUNNEL", sent: false });
});

test("a proxy that closes the connection is only asked once", async () => {
  const proxy = await serveSockets((socket) => socket.once("data", () => socket.end()));
  vi.stubEnv("HTTP_PROXY", proxy.url);
  const { code, message, sent } = await failureOf(send(undiciTransport(), "http://infisical.internal/"));
  expect({ code, sent }).toEqual({ code: "ERR_PROXY_TUNNEL", sent: false });
  expect(message).toContain("The proxy closed the connection");
  expect(proxy.connections).toHaveLength(1);
});

test("an abort does not wait for a silent proxy", async () => {
  const { promise: isAsked, resolve: ask } = withResolvers();
  const proxy = await serveSockets((socket) => socket.once("data", ask));
  vi.stubEnv("HTTP_PROXY", proxy.url);
  const abort = new AbortController();
  const pending = send(undiciTransport(), "http://infisical.internal/", { signal: abort.signal });
  await isAsked;
  abort.abort();
  const { code, sent } = await failureOf(pending);
  expect({ code, sent }).toEqual({ code: "ABORTED", sent: false });
});

test("a proxy that cannot be reached is a failure, and nothing was sent", async () => {
  vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
  const { message, sent } = await failureOf(send(undiciTransport(), "http://infisical.internal/"));
  expect({ message, sent }).toEqual({ message: "connect ECONNREFUSED 127.0.0.1:1", sent: false });
});

test("the error for a proxy address that is not a URL does not repeat it: it may contain credentials", async () => {
  vi.stubEnv("HTTPS_PROXY", "user:pass@proxy");
  const { code, message, sent } = await failureOf(send(undiciTransport(), "https://infisical.internal/"));
  expect({ code, sent }).toEqual({ code: "ERR_INVALID_URL", sent: false });
  expect(message).not.toContain("pass");
});
