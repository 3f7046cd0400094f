import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, expect, test } from "vitest";
import { createTestServer, type TestServer } from "../src/index.ts";
import { call, login } from "./support/api.ts";
import { everything, subscribePath } from "./support/event-stream.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function newServer(): TestServer {
  const server = createTestServer({ eventStream: "current", clock: { frozen: true } });
  servers.push(server);
  return server;
}

test("the transport without stream() waits for the end of a stream", async () => {
  const server = newServer();
  const request = {
    method: "POST",
    url: subscribePath,
    headers: { authorization: `Bearer ${await login(server)}`, "content-type": "application/json" },
    body: JSON.stringify({ projectId: server.projectId(), register: everything }),
  };
  const whole = server.transport(request);
  await expect.poll(() => server.events.connections).toBe(1);
  server.events.send("one ");
  server.events.send("two");
  server.events.end();
  expect(await whole).toMatchObject({ status: 200, body: "one two" });

  const controller = new AbortController();
  const aborted = server.transport({ ...request, signal: controller.signal });
  await expect.poll(() => server.events.connections).toBe(1);
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ name: "TransportError", code: "ABORTED", sent: true });
  expect(server.events.connections).toBe(0);

  const dropped = server.transport(request);
  await expect.poll(() => server.events.connections).toBe(1);
  server.events.drop();
  await expect(dropped).rejects.toMatchObject({ name: "TransportError", code: "ECONNRESET", sent: true });
});

test("stream() of the transport has the other responses too, whole or broken", async () => {
  const server = newServer();
  const request = { method: "GET", url: "/api/status", headers: {} };
  const read = async () => {
    const { body } = await server.transport.stream(request);
    let text = "";
    for await (const piece of body) text += piece;
    return text;
  };
  expect(JSON.parse(await read())).toMatchObject({ message: "Ok" });
  server.fail({}, { truncate: "connection" });
  await expect(read()).rejects.toMatchObject({ name: "TransportError", code: "ECONNRESET", sent: true });
  server.fail({}, { drop: "before" });
  await expect(read()).rejects.toMatchObject({ name: "TransportError", code: "ECONNRESET", sent: true });
  server.fail({}, { stall: "body" });
  const stalled = read();
  await expect.poll(() => server.requests.length).toBe(4);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([expect(stalled).rejects.toMatchObject({ code: "ECONNRESET" }), server.close()]);
});

test("a slow reader over a socket gets everything, and the server does not wait for it", async () => {
  const server = newServer();
  const { siteUrl } = await server.listen();
  const response = await fetch(siteUrl + subscribePath, {
    method: "POST",
    headers: { authorization: `Bearer ${await login(server)}`, "content-type": "application/json" },
    body: JSON.stringify({ projectId: server.projectId(), register: everything }),
  });
  const piece = "x".repeat(1_000_000);
  for (let count = 0; count < 20; count += 1) server.events.send(piece);
  expect((await call(server, "GET", "/api/status")).status).toBe(200);
  server.events.end();
  expect((await response.text()).length).toBe(20_000_000);
  expect(server.events.connections).toBe(0);
});

test("a process with an open stream ends by itself", async () => {
  const contents = `
    import { createTestServer } from "./index.ts";
    import { login } from "../test/support/api.ts";
    import { streamConnections } from "../test/support/event-stream.ts";
    async function run() {
      const server = createTestServer({ eventStream: "current" });
      const subscribe = await streamConnections[2].open(server);
      const { status } = await subscribe({ token: await login(server) });
      console.log(status, server.events.connections);
    }
    run();`;
  const source = fileURLToPath(new URL("../src", import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: source, loader: "ts" },
    alias: { "#sockets": `${source}/engine/no-sockets.ts` },
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
  });
  const program = execFileSync(process.execPath, ["-"], { input: outputFiles[0]?.text, timeout: 300_000 });
  expect(program.toString()).toBe("200 1\n");
});
