import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { Agent, type Dispatcher } from "undici";
import { expect, test } from "vitest";
import { serve } from "#test-kit";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send } from "./exchange.ts";

/** What becomes of a body that a server sends with these headers. */
async function receive(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  maxResponseSize = 1000,
) {
  const server = await serve((_request, response) => response.writeHead(200, headers).end(body));
  return send(undiciTransport({ maxResponseSize }), server.url);
}

/** A text that does not compress to next to nothing. */
function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => `${(index * 7919) % 104_729}`).join("");
}

test("a request accepts gzip, deflate and br by default", async () => {
  const server = await serve(({ headers }, response) => response.end(headers["accept-encoding"]));
  const transport = undiciTransport();
  expect((await send(transport, server.url)).body).toBe("gzip, deflate, br");
  const headers = { "accept-encoding": "identity" };
  expect((await send(transport, server.url, { headers })).body).toBe("identity");
});

test.each([
  ["x-gzip", gzipSync("hällo")],
  ["GZIP", gzipSync("hällo")],
  ["deflate", deflateSync("hällo")],
  // Some servers leave out the header of the format.
  ["deflate", deflateRawSync("hällo")],
  ["gzip, br", brotliCompressSync(gzipSync("hällo"))],
  ["identity", "hällo"],
  ["", "hällo"],
])("a body with the encoding %j is decoded", async (encoding, bytes) => {
  expect((await receive(bytes, { "content-encoding": encoding })).body).toBe("hällo");
});

test("a body with two encodings arrives complete, however large it is", async () => {
  const text = numbers(50_000);
  const { body } = await receive(
    brotliCompressSync(gzipSync(text)),
    { "content-encoding": "gzip, br" },
    text.length,
  );
  expect(body === text).toBe(true);
});

test("a body that is empty within its outer encoding is empty", async () => {
  expect((await receive(gzipSync(""), { "content-encoding": "br, gzip" })).body).toBe("");
});

test.each(["gzip", "br", "gzip, br"])("an empty body with the encoding %j is empty", async (encoding) => {
  expect((await receive("", { "content-encoding": encoding })).body).toBe("");
});

test.each(["zstd", "gzip, zstd", "gzip, gzip, gzip, gzip, gzip, gzip"])(
  "the encoding %j is a failure",
  async (encoding) => {
    const { code, sent } = await failureOf(receive("hello", { "content-encoding": encoding }));
    expect({ code, sent }).toEqual({ code: "UNKNOWN_ENCODING", sent: true });
  },
);

test("a truncated compressed body is a failure, even if its connection ends normally", async () => {
  const { code, sent } = await failureOf(
    receive(gzipSync("hello").subarray(0, -9), { "content-encoding": "gzip" }),
  );
  expect({ code, sent }).toEqual({ code: "Z_BUF_ERROR", sent: true });
});

test("every layer of a body is limited to the largest size", async () => {
  const bomb = gzipSync(gzipSync(Buffer.alloc(5_000_000)));
  const { code } = await failureOf(receive(bomb, { "content-encoding": "gzip, gzip" }));
  expect(code).toBe("RESPONSE_TOO_LARGE");
});

test("a large compressed body arrives complete, and no faster than it is decoded", async () => {
  const text = numbers(200_000);
  const server = await serve((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(text));
  });
  let hasPaused = false;
  const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
    const onResponseData: Dispatcher.DispatchHandler["onResponseData"] = (controller, chunk) => {
      handler.onResponseData?.(controller, chunk);
      hasPaused ||= controller.paused;
    };
    const watch: Dispatcher.DispatchHandler = {
      onRequestStart: (...args) => handler.onRequestStart?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData,
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    };
    return dispatch(options, watch);
  });
  const { body } = await send(undiciTransport({ dispatcher }), server.url);
  expect(body === text).toBe(true);
  expect(hasPaused).toBe(true);
});

test("a byte order mark is not part of the text", async () => {
  expect((await receive("\uFEFF{}")).body).toBe("{}");
});

test("a length above the largest size ends the exchange before the body", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "1001" }).flushHeaders();
  });
  const { code } = await failureOf(send(undiciTransport({ maxResponseSize: 1000 }), server.url));
  expect(code).toBe("RESPONSE_TOO_LARGE");
});

test.each([{}, { "content-encoding": "gzip" }])("a response to HEAD with %j has no body", async (headers) => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "5000", ...headers }).end();
  });
  const transport = undiciTransport({ maxResponseSize: 1000 });
  const response = await send(transport, server.url, { method: "HEAD" });
  expect(response.body).toBe("");
  expect(response.headers["content-length"]).toBe("5000");
});

test("undici's own time limits do not apply", async () => {
  const server = await serve((_request, response) => response.end("ok"));
  const limits: unknown[] = [];
  const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
    limits.push(options.headersTimeout, options.bodyTimeout);
    return dispatch(options, handler);
  });
  await send(undiciTransport({ dispatcher }), server.url);
  // undici's word for: none.
  expect(limits).toEqual([0, 0]);
});
