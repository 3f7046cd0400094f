import { describe, expect, test } from "vitest";
import { serveSockets } from "#test-kit";
import { kyTransport } from "../../src/ky.ts";
import { nodeTransport } from "../../src/node.ts";
import { send } from "./send.ts";

/** Answers each request on a connection with this status and these headers, and no body. */
function serveHeaders(status: string, ...headers: readonly string[]) {
  return serveSockets((socket) => {
    socket.on("data", () => socket.write(`HTTP/1.1 ${[status, ...headers].join("\r\n")}\r\n\r\n`));
  });
}

describe.each([
  ["GET", "204 No Content", 204],
  ["GET", "304 Not Modified", 304],
  ["HEAD", "200 OK", 200],
] as const)("the response to a %s with %s", (method, line, status) => {
  test.each([
    ["an encoding that nobody knows", "content-encoding: zstd"],
    ["more encodings than are undone", `content-encoding: ${Array(9).fill("gzip").join()}`],
    ["a length above the limit", "content-length: 1000"],
  ])("may state %s: it has no body", async (_, header) => {
    const { url } = await serveHeaders(line, header);
    const transport = nodeTransport({ maxResponseSize: 10 });
    expect(await send(transport, url, { method })).toMatchObject({ status, body: "" });
  });
});

test("a 304 that states a length leaves no connection of fetch waiting for it", async () => {
  const server = await serveHeaders("304 Not Modified", "content-length: 5");
  const closed: Promise<unknown>[] = [];
  const transport = kyTransport();
  for (let requests = 0; requests < 3; requests += 1) {
    expect(await send(transport, server.url)).toMatchObject({ status: 304, body: "" });
    const socket = server.connections.at(-1);
    closed.push(
      new Promise((resolve) => (socket?.destroyed ? resolve(undefined) : socket?.once("close", resolve))),
    );
  }
  await Promise.all(closed);
});
