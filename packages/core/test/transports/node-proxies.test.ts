import http from "node:http";
import net from "node:net";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { describe, expect, test } from "vitest";
import { authority, failureOf, listen, serve, serveProxy, serveSecurely } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { send, sendWrite } from "./send.ts";

/** An agent whose connections trust the test's authority. */
function tunnelThrough(proxy: string) {
  const agent = new HttpsProxyAgent(proxy);
  agent.options.ca = authority;
  return nodeTransport({ agent });
}

describe("an agent for a proxy", () => {
  test("reaches a server through a tunnel", async () => {
    const { url, port } = await serveSecurely((_, response) => response.end("reached"));
    const proxy = await serveProxy();
    const transport = tunnelThrough(proxy.url);
    expect((await send(transport, url)).body).toBe("reached");
    expect((await sendWrite(transport, url)).body).toBe("reached");
    expect(proxy.requests).toEqual(Array(2).fill(`CONNECT 127.0.0.1:${port}`));
  });

  test("has plain requests forwarded", async () => {
    const { url } = await serve((_, response) => response.end("reached"));
    const proxy = await serveProxy();
    const transport = nodeTransport({ agent: new HttpProxyAgent(proxy.url) });
    expect((await send(transport, `${url}/a?b`)).body).toBe("reached");
    expect(proxy.requests).toEqual([`GET ${url}/a?b`]);
  });

  test.each([
    [407, "The proxy asks for credentials: it answered CONNECT with status 407."],
    [503, "The proxy opened no tunnel to the server: it answered CONNECT with status 503."],
  ])("tells that the proxy refuses the tunnel with %i", async (status, message) => {
    const proxy = await serveProxy({ status });
    const error = await failureOf(sendWrite(tunnelThrough(proxy.url), "https://127.0.0.1:1"));
    expect(error).toMatchObject({ sent: false, code: "ERR_PROXY_TUNNEL", message });
  });

  test("tells that nothing was sent where the proxy is down, or cannot be spoken to", async () => {
    const refused = await failureOf(send(tunnelThrough("http://127.0.0.1:1"), "https://127.0.0.1:1"));
    expect(refused).toMatchObject({ sent: false, code: "ECONNREFUSED" });
    const closing = await listen(net.createServer((socket) => socket.end()));
    const closed = await failureOf(send(tunnelThrough(closing.url), "https://127.0.0.1:1"));
    expect(closed).toMatchObject({ name: "TransportError", sent: false });
  });

  test("tells that nothing was sent where the server's certificate is not trusted", async () => {
    const { url } = await serveSecurely((_, response) => response.end());
    const proxy = await serveProxy();
    const transport = nodeTransport({ agent: new HttpsProxyAgent(proxy.url) });
    expect(await failureOf(send(transport, url))).toMatchObject({
      sent: false,
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
  });

  test("an abort while the tunnel is opened sends nothing", async () => {
    let asked = false;
    const stalling = await listen(net.createServer((socket) => socket.on("data", () => (asked = true))));
    const controller = new AbortController();
    const { signal } = controller;
    const error = failureOf(send(tunnelThrough(stalling.url), "https://127.0.0.1:1", { signal }));
    await expect.poll(() => asked).toBe(true);
    controller.abort();
    expect(await error).toMatchObject({ sent: false, code: "ABORTED" });
  });
});

test("an agent of Node's keeps its own connections", async () => {
  const { url, connections } = await serve((_, response) => response.end());
  const transport = nodeTransport({ agent: new http.Agent({ keepAlive: true }) });
  await send(transport, url);
  await send(transport, url);
  expect(connections).toHaveLength(1);
});
