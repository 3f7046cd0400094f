import { subscribe, unsubscribe } from "node:diagnostics_channel";
import http from "node:http";
import net, { type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { authority, listen, serve, serveSecurely } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { Sockets } from "../../src/transports/node-sockets.ts";
import { send } from "./send.ts";

/** The client's ends of the connections that are opened from now on, in order. */
function clientSockets(): Socket[] {
  const opened: Socket[] = [];
  const onOpened = (message: unknown) => opened.push((message as { socket: Socket }).socket);
  subscribe("net.client.socket", onOpened);
  onTestFinished(() => void unsubscribe("net.client.socket", onOpened));
  return opened;
}

/** Until the connection of the request that has just ended is idle. */
const idle = () => new Promise((resolve) => setImmediate(resolve));

/** Answers with these headers. */
const serveHeaders = (headers: Record<string, string> = {}) =>
  serve((_, response) => response.writeHead(200, headers).end());

test.each([
  [undefined, 4000],
  ["timeout=2", 1000],
  ["max=7, timeout=3", 2000],
  ["timeout=30", 4000],
  ["timeout=4.5", 3000],
  ["mytimeout=2", 4000],
  ["timeout=soon", 4000],
  ["", 4000],
])("after the header `keep-alive: %s`, an idle connection is closed in %i ms", async (announced, limit) => {
  const opened = clientSockets();
  const keepAlive = announced === undefined ? undefined : { "keep-alive": announced };
  const { url } = await serveHeaders({ connection: "keep-alive", ...keepAlive });
  await send(nodeTransport(), url);
  await expect.poll(() => opened[0]?.timeout).toBe(limit);
  opened[0]?.emit("timeout");
  expect(opened[0]?.destroyed).toBe(true);
});

test("the connection that has been idle longest makes way, whatever it was for, and no other", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const later = () => vi.setSystemTime(Date.now() + 100);
  const plain = await serveHeaders();
  const secure = await serveSecurely((_, response) => response.end());
  const third = await serveHeaders();
  const transport = nodeTransport({ maxSockets: 2, ca: authority });
  for (const { url } of [plain, secure, plain, third]) {
    await send(transport, url);
    await idle();
    later();
  }
  expect(plain.connections).toHaveLength(1);
  await expect.poll(() => secure.connections[0]?.destroyed).toBe(true);
  expect(plain.connections[0]?.destroyed).toBe(false);
  await send(transport, plain.url);
  expect(plain.connections).toHaveLength(1);
});

test("closing ends the idle connections, plain and encrypted; later requests open new ones", async () => {
  const opened = clientSockets();
  const plain = await serveHeaders();
  const secure = await serveSecurely((_, response) => response.end());
  const transport = nodeTransport({ ca: authority });
  for (const { url } of [plain, secure]) await send(transport, url);
  await idle();
  await transport.close?.();
  expect(opened[0]?.destroyed).toBe(true);
  for (const { url, connections } of [plain, secure]) {
    expect((await send(transport, url)).status).toBe(200);
    expect(connections).toHaveLength(2);
  }
});

/** Lets Node say that it uses the environment's proxy, as later versions do. */
function nodeUsingProxy() {
  const agent = http.globalAgent as unknown as { options: { proxyEnv?: object } };
  const proxyEnv = { HTTP_PROXY: "http://proxy.test" };
  agent.options.proxyEnv = proxyEnv;
  onTestFinished(() => void delete agent.options.proxyEnv);
  return proxyEnv;
}

test("the environment's proxy is used where Node uses it itself, unless the transport is a direct one", () => {
  const proxyOf = (proxied: boolean, secure: boolean) => {
    const agent = new Sockets({ maxSockets: 1, proxied, tls: {} }).agent(secure);
    return (agent as unknown as { options: { proxyEnv?: object } }).options.proxyEnv;
  };
  expect(proxyOf(true, false)).toBeUndefined();
  const proxyEnv = nodeUsingProxy();
  for (const secure of [false, true]) {
    expect(proxyOf(true, secure)).toBe(proxyEnv);
    expect(proxyOf(false, secure)).toBeUndefined();
  }
});

test("a tunnel that a proxy has not opened yet ends with its request, and with no other", async () => {
  nodeUsingProxy();
  const { port } = await listen(net.createServer());
  const tunnels: Socket[] = [];
  const prototype = http.Agent.prototype as unknown as { createConnection(): Socket };
  const connect = vi.spyOn(prototype, "createConnection");
  onTestFinished(() => connect.mockRestore());
  // Node hands over the connection itself later, when the proxy has answered.
  connect.mockImplementation(() => {
    const tunnel = net.connect(port);
    tunnels.push(tunnel);
    return tunnel;
  });
  const sockets = new Sockets({ maxSockets: 2, proxied: true, tls: {} });
  const begin = () => {
    const request = http.request({ host: "a.test", agent: sockets.agent(false) });
    request.on("error", () => undefined);
    onTestFinished(() => void request.destroy());
    return request;
  };
  const [first, second] = [begin(), begin()];
  expect(tunnels).toHaveLength(2);
  const errors: string[] = [];
  tunnels[0]?.on("error", ({ message }) => errors.push(message));
  sockets.abandon(first);
  expect(tunnels.map(({ destroyed }) => destroyed)).toEqual([true, false]);
  await expect.poll(() => errors).toEqual(["The request was destroyed."]);
  // This one has its connection by now: what becomes of it is up to the request.
  await expect.poll(() => second.socket).toBe(tunnels[1]);
  sockets.abandon(second);
  expect(tunnels[1]?.destroyed).toBe(false);
});
