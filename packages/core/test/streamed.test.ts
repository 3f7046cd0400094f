import { describe, expect, test } from "vitest";
import { failureOf, serve } from "#test-kit";
import type { ApiResponse, Middleware, Transport } from "../src/index.ts";
import { createClient } from "../src/index.ts";
import { kyTransport } from "../src/ky.ts";
import { nodeTransport } from "../src/node.ts";

const request = { method: "POST", path: "/api/v1/events", body: {}, readOnly: true, streamed: true } as const;

type Pieces = AsyncIterable<string>;

/** A server whose streams stay open until `end` is called or their client leaves. */
async function startStreaming(...pieces: readonly string[]) {
  const seen: { authorization: string | undefined; encodings: unknown }[] = [];
  const left: Promise<void>[] = [];
  let end = (): void => undefined;
  const { url } = await serve((incoming, outgoing) => {
    const { authorization, "accept-encoding": encodings } = incoming.headers;
    seen.push({ authorization, encodings });
    left.push(new Promise((resolve) => outgoing.once("close", resolve)));
    incoming.resume();
    outgoing.writeHead(200, { "content-type": "text/event-stream" });
    outgoing.flushHeaders();
    for (const piece of pieces) outgoing.write(piece);
    end = () => outgoing.end();
  });
  return { url, seen, left, end: () => end() };
}

function connect(siteUrl: string, transport: Transport, middleware: readonly Middleware[] = []) {
  const client = createClient({ siteUrl, transport, middleware });
  client.auth().accessToken("a-token");
  return client;
}

for (const [name, transport] of [
  ["node", nodeTransport],
  ["fetch", kyTransport],
] as const) {
  describe(`a streamed request over ${name}`, () => {
    test("resolves while the response is open, and its text arrives piece by piece", async () => {
      const server = await startStreaming("one");
      const client = connect(server.url, transport());
      const body = await client.request<Pieces>(request);
      const pieces = body[Symbol.asyncIterator]();
      expect(await pieces.next()).toEqual({ done: false, value: "one" });
      server.end();
      expect(await pieces.next()).toEqual({ done: true, value: undefined });
      expect(server.seen[0]?.authorization).toBe("Bearer a-token");
    });

    test("ends when its reader leaves, and the server is told", async () => {
      const server = await startStreaming("one");
      const body = await connect(server.url, transport()).request<Pieces>(request);
      for await (const _ of body) break;
      await server.left[0];
    });

    test("ends with its signal's reason, before and while somebody reads", async () => {
      for (const isRead of [false, true]) {
        const server = await startStreaming("one");
        const abort = new AbortController();
        const { signal } = abort;
        const body = await connect(server.url, transport()).request<Pieces>({ ...request, signal });
        const pieces = body[Symbol.asyncIterator]();
        if (isRead) await pieces.next();
        const next = isRead ? failureOf(pieces.next()) : undefined;
        abort.abort(new Error("enough"));
        expect(await (next ?? failureOf(pieces.next()))).toEqual(new Error("enough"));
        await server.left[0];
      }
    });

    test("is not limited by `timeout` once it has begun", async () => {
      const server = await startStreaming("one");
      const body = await connect(server.url, transport()).request<Pieces>({ ...request, timeout: 300 });
      const pieces = body[Symbol.asyncIterator]();
      await pieces.next();
      const last = pieces.next();
      await new Promise((resolve) => setTimeout(resolve, 600));
      server.end();
      expect(await last).toEqual({ done: true, value: undefined });
    });

    test("that is refused is an error like that of any other call, sent once", async () => {
      for (const [statusCode, code] of [
        [400, "BAD_REQUEST"],
        [403, "FORBIDDEN"],
        [429, "RATE_LIMITED"],
        [503, "SERVER_ERROR"],
      ] as const) {
        let requests = 0;
        const { url } = await serve((incoming, outgoing) => {
          requests += 1;
          incoming.resume();
          const body = JSON.stringify({ statusCode, message: "Not for you", error: "Refused", reqId: "r" });
          outgoing.writeHead(statusCode, { "content-type": "application/json" }).end(body);
        });
        const error = await failureOf(connect(url, transport()).request(request));
        expect(error).toMatchObject({ code, statusCode, message: expect.stringContaining("Not for you") });
        expect(requests).toBe(1);
      }
    });

    test("whose connection breaks fails after the text so far", async () => {
      const { url, connections } = await serve((incoming, outgoing) => {
        incoming.resume();
        outgoing.writeHead(200).write("one");
      });
      const body = await connect(url, transport()).request<Pieces>(request);
      const pieces = body[Symbol.asyncIterator]();
      expect(await pieces.next()).toEqual({ done: false, value: "one" });
      connections[0]?.destroy();
      expect(await failureOf(pieces.next())).toMatchObject({ code: "CONNECTION_LOST" });
      expect(await pieces.next()).toEqual({ done: true, value: undefined });
    });
  });
}

test("with a transport that reads only whole responses, nothing is sent", async () => {
  let requests = 0;
  const whole: Transport = async () => {
    requests += 1;
    return { status: 200, headers: {}, body: "{}" };
  };
  const error = await failureOf(connect("https://a.test", whole).request(request));
  expect(error).toMatchObject({ code: "NO_STREAM" });
  expect(requests).toBe(0);
});

test("middleware sees the whole response, text and all", async () => {
  const server = await startStreaming("one");
  const seen: ApiResponse[] = [];
  const client = connect(server.url, nodeTransport(), [
    async (passed, next) => {
      const response = await next(passed);
      seen.push(response);
      return response;
    },
  ]);
  const body = await client.request<Pieces>(request);
  expect(seen).toEqual([expect.objectContaining({ status: 200, body })]);
  for await (const _ of body) break;
});

test("`streamed` must be true or false", async () => {
  const client = connect("https://a.test", nodeTransport());
  const error = await failureOf(client.request({ ...request, streamed: "yes" as never }));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringContaining("streamed") });
});
