import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { failureOf, serve, serveBytes } from "#test-kit";
import { kyTransport } from "../../src/ky.ts";
import { nodeTransport } from "../../src/node.ts";
import { open, send } from "./send.ts";

/** How many listeners a signal has. */
const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe.each([
  ["node", nodeTransport],
  ["fetch", kyTransport],
] as const)("a signal that many requests over %s share has no listener left", (_, create) => {
  test("after a response", async () => {
    const { url } = await serve((_request, response) => response.end("ok"));
    const { signal } = new AbortController();
    const transport = create();
    for (let requests = 0; requests < 3; requests += 1) await send(transport, url, { signal });
    await expect.poll(() => listeners(signal)).toBe(0);
  });

  test("after a failure", async () => {
    const { url } = await serveBytes("not HTTP");
    const { signal } = new AbortController();
    expect(await failureOf(send(create(), url, { signal }))).toMatchObject({ name: "TransportError" });
    await expect.poll(() => listeners(signal)).toBe(0);
  });

  test("after a request that cannot be sent", async () => {
    const { signal } = new AbortController();
    const refused = send(create(), "http://127.0.0.1/", { signal, headers: { "x-a": "\n" } });
    expect(await failureOf(refused)).toMatchObject({ name: "TransportError", sent: false });
    expect(listeners(signal)).toBe(0);
  });
});

test("a stream over node that was read to its end leaves no listener", async () => {
  const { url } = await serve((_request, response) => response.end("ok"));
  const { signal } = new AbortController();
  const { body } = await open(nodeTransport(), url, { signal });
  for await (const piece of body) expect(piece).toBe("ok");
  await expect.poll(() => listeners(signal)).toBe(0);
});

test("requests that wait for a connection leave no listener when they have had their turn", async () => {
  const { url } = await serve((_request, response) => setImmediate(() => response.end("ok")));
  const { signal } = new AbortController();
  const transport = nodeTransport({ maxSockets: 1 });
  await Promise.all([1, 2, 3].map(() => send(transport, url, { signal })));
  await expect.poll(() => listeners(signal)).toBe(0);
});
