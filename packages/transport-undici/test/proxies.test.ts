import { EnvHttpProxyAgent, ProxyAgent } from "undici";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { undiciTransport } from "../src/index.ts";
import { authority } from "./certificates.ts";
import {
  failureOf,
  send,
  startPlainServer,
  startProxy,
  startSecureServer,
  startServer,
  withResolvers,
} from "./support.ts";

const variables = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

beforeEach(() => {
  for (const name of variables) for (const each of [name, name.toLowerCase()]) vi.stubEnv(each, undefined);
  return () => vi.unstubAllEnvs();
});

/** A server that says whether the proxy's credentials have reached it. */
const target = () =>
  startServer(({ headers }, response) => response.end(headers["proxy-authorization"] ?? "hello"));

describe.each(["HTTP_PROXY", "http_proxy"])("with %s", (variable) => {
  test.each(["GET", "POST"])("a %s to an HTTP server goes through the proxy", async (method) => {
    const [server, proxy] = await Promise.all([target(), startProxy()]);
    vi.stubEnv(variable, proxy.origin);
    const { body } = await send(undiciTransport(), server.origin, { method });
    expect(body).toBe("hello");
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
  });
});

test("an HTTPS server is reached through HTTPS_PROXY, and its certificate is checked", async () => {
  const [server, proxy] = await Promise.all([
    startSecureServer((_request, response) => response.end("hello")),
    startProxy(),
  ]);
  vi.stubEnv("HTTPS_PROXY", proxy.origin);
  const dispatcher = new EnvHttpProxyAgent({ requestTls: { ca: authority } });
  expect((await send(undiciTransport({ dispatcher }), server.origin)).body).toBe("hello");
  const { code, sent } = await failureOf(send(undiciTransport(), server.origin));
  expect({ code, sent }).toEqual({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", sent: false });
  expect(proxy.tunnels).toEqual([`localhost:${server.port}`, `localhost:${server.port}`]);
});

test("what NO_PROXY names is reached directly", async () => {
  const [server, proxy] = await Promise.all([target(), startProxy()]);
  vi.stubEnv("HTTP_PROXY", proxy.origin);
  vi.stubEnv("NO_PROXY", "example.com,127.0.0.1");
  expect((await send(undiciTransport(), server.origin)).body).toBe("hello");
  expect(proxy.tunnels).toEqual([]);
});

test("the environment is read at the first request, and by each transport for itself", async () => {
  const [server, proxy] = await Promise.all([target(), startProxy()]);
  const [before, after] = [undiciTransport(), undiciTransport()];
  await send(before, server.origin);
  vi.stubEnv("HTTP_PROXY", proxy.origin);
  await send(before, server.origin);
  expect(proxy.tunnels).toEqual([]);
  await send(after, server.origin);
  expect(proxy.tunnels).toHaveLength(1);
});

test("the credentials of the proxy's address go to the proxy, and to nobody else", async () => {
  const [server, proxy] = await Promise.all([target(), startProxy()]);
  vi.stubEnv("HTTP_PROXY", proxy.origin.replace("://", "://user:pass@"));
  expect((await send(undiciTransport(), server.origin)).body).toBe("hello");
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("user:pass").toString("base64")}`]);
});

test.each([407, 503])("a proxy that refuses with %d is named, and nothing was sent", async (status) => {
  const [server, proxy] = await Promise.all([target(), startProxy({ status })]);
  vi.stubEnv("HTTP_PROXY", proxy.origin);
  for (const method of ["GET", "POST"]) {
    const { code, message, sent } = await failureOf(send(undiciTransport(), server.origin, { method }));
    expect({ code, sent }).toEqual({ code: "ERR_PROXY_TUNNEL", sent: false });
    expect(message).toContain(`status ${status}`);
  }
  expect(server.connections()).toBe(0);
  expect(proxy.tunnels).toHaveLength(2);
});

test("a proxy that forwards in place of opening a tunnel may ask for credentials", async () => {
  const proxy = await startProxy({ status: 407 });
  const dispatcher = new ProxyAgent({ uri: proxy.origin, proxyTunnel: false });
  const { code, sent } = await failureOf(send(undiciTransport({ dispatcher }), "http://infisical.internal/"));
  expect({ code, sent }).toEqual({ code: "ERR_PROXY_TUNNEL", sent: false });
});

test("a proxy that closes the connection is asked once", async () => {
  const proxy = await startPlainServer((socket) => socket.once("data", () => socket.end()));
  vi.stubEnv("HTTP_PROXY", proxy.origin);
  const { code, message, sent } = await failureOf(send(undiciTransport(), "http://infisical.internal/"));
  expect({ code, sent }).toEqual({ code: "ERR_PROXY_TUNNEL", sent: false });
  expect(message).toContain("The proxy closed the connection");
  expect(proxy.connections()).toBe(1);
});

test("an abort does not wait for a proxy that is silent", async () => {
  const { promise: isAsked, resolve: ask } = withResolvers();
  const proxy = await startPlainServer((socket) => socket.once("data", ask));
  vi.stubEnv("HTTP_PROXY", proxy.origin);
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

test("a proxy's address that is none is told without it, since it may hold credentials", async () => {
  vi.stubEnv("HTTPS_PROXY", "user:pass@proxy");
  const { code, message, sent } = await failureOf(send(undiciTransport(), "https://infisical.internal/"));
  expect({ code, sent }).toEqual({ code: "ERR_INVALID_URL", sent: false });
  expect(message).not.toContain("pass");
});
