import { HttpResponse, http as mock } from "msw";
import { setupServer } from "msw/node";
import { afterEach, describe, expect, test } from "vitest";
import { failureOf, serve } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { send, sendWrite } from "./send.ts";

describe("msw", () => {
  const server = setupServer();
  afterEach(() => server.close());

  test("answers instead of the server, more often than there are connections", async () => {
    server.listen();
    server.use(mock.all("https://example.com/*", () => HttpResponse.json({ mocked: true })));
    const transport = nodeTransport({ maxSockets: 2 });
    for (let count = 0; count < 5; count++) {
      const { body } = await (count % 2 ? send : sendWrite)(transport, "https://example.com/a");
      expect(body).toBe('{"mocked":true}');
    }
  });

  test("sees the method, the headers and the body", async () => {
    const seen: unknown[] = [];
    server.listen();
    server.use(
      mock.post("https://example.com/a", async ({ request }) => {
        seen.push(request.headers.get("authorization"), await request.text());
        return new HttpResponse(null, { status: 204, headers: { "x-a": "b" } });
      }),
    );
    const request = { method: "POST", headers: { authorization: "c" }, body: "d" };
    const response = await send(nodeTransport(), "https://example.com/a", request);
    expect(response).toMatchObject({ status: 204, headers: { "x-a": "b" }, body: "" });
    expect(seen).toEqual(["c", "d"]);
  });

  test("makes the network fail", async () => {
    server.listen();
    server.use(mock.get("https://example.com/a", () => HttpResponse.error()));
    const error = await failureOf(send(nodeTransport({ maxSockets: 1 }), "https://example.com/a"));
    expect(error.name).toBe("TransportError");
  });

  test("has seen a write whose signal aborts while its handler runs, so that nobody sends it again", async () => {
    server.listen();
    const controller = new AbortController();
    server.use(
      mock.post("https://example.com/a", () => {
        controller.abort();
        return new Promise(() => undefined);
      }),
    );
    const write = sendWrite(nodeTransport(), "https://example.com/a", { signal: controller.signal });
    expect(await failureOf(write)).toMatchObject({ sent: true, code: "ABORTED" });
  });

  test("lets through what it does not mock, more often than there are connections", async () => {
    const { url } = await serve((_, response) => response.end("real"));
    server.listen({ onUnhandledRequest: "bypass" });
    const transport = nodeTransport({ maxSockets: 1 });
    for (let count = 0; count < 3; count++) expect((await send(transport, url)).body).toBe("real");
  });
});
