import { brotliCompressSync, createGunzip, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { failureOf, serve, serveBytes } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { run } from "./node-program.ts";
import { send } from "./send.ts";

const text = `{"secretValue":"${"grün ".repeat(2000)}"}`;

/** Answers with these bytes. */
async function serveBody(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const seen: Record<string, unknown>[] = [];
  const server = await serve((incoming, response) => {
    seen.push({ method: incoming.method, ...incoming.headers });
    response.writeHead(200, headers).end(incoming.method === "HEAD" ? undefined : body);
  });
  return { ...server, seen };
}

describe("a compressed body", () => {
  test.each([
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["GZIP", gzipSync(text)],
    ["br", brotliCompressSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["gzip, br", brotliCompressSync(gzipSync(text))],
    ["deflate, gzip", gzipSync(deflateRawSync(text))],
    ["identity", Buffer.from(text)],
    ["gzip, identity", gzipSync(text)],
    ["", Buffer.from(text)],
  ])("with the encoding '%s' is read", async (encoding, body) => {
    const { url } = await serveBody(body, { "content-encoding": encoding });
    expect((await send(nodeTransport(), url)).body).toBe(text);
  });

  test("may be empty", async () => {
    const { url } = await serveBody("", { "content-encoding": "gzip" });
    expect((await send(nodeTransport(), url)).body).toBe("");
  });

  test("of a HEAD does not come, nor does what its headers announce", async () => {
    const { url } = await serveBody("", { "content-encoding": "gzip", "content-length": "5000000000" });
    expect(await send(nodeTransport(), url, { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  test.each([
    ["corrupt", gzipSync(text).fill(7, 20, 60)],
    ["truncated", gzipSync(text).subarray(0, 40)],
    ["not compressed at all", Buffer.from(text)],
  ])("that is %s is an error of which nothing is shown", async (_, body) => {
    const { url } = await serveBody(body, { "content-encoding": "gzip" });
    const error = await failureOf(send(nodeTransport(), url));
    expect(error).toMatchObject({ name: "TransportError", sent: true, code: expect.stringMatching(/^Z_/) });
    expect(error.message).toBe("The response's body cannot be decompressed.");
  });

  test("may be encoded five times", async () => {
    const body = [1, 2, 3, 4, 5].reduce<Uint8Array>((bytes) => gzipSync(bytes), Buffer.from(text));
    const { url } = await serveBody(body, { "content-encoding": Array(5).fill("gzip").join() });
    expect((await send(nodeTransport(), url)).body).toBe(text);
  });

  test.each([
    "zstd",
    "gzip, compress",
    "gzip, gzip, gzip, gzip, gzip, gzip",
    ...["gzip", "deflate", "br"].flatMap((encoding) => [`x${encoding}`, `${encoding}x`]),
  ])("with the encoding '%s' is refused", async (encoding) => {
    const { url } = await serveBody(gzipSync(text), { "content-encoding": encoding });
    const error = await failureOf(send(nodeTransport(), url));
    expect(error).toMatchObject({ sent: true, code: "UNKNOWN_ENCODING" });
  });

  test("is asked for, unless the request says what it wants", async () => {
    const { url, seen } = await serveBody("");
    await send(nodeTransport(), url);
    await send(nodeTransport(), url, { headers: { "accept-encoding": "identity" } });
    expect(seen.map((headers) => headers["accept-encoding"])).toEqual(["gzip, deflate, br", "identity"]);
  });
});

describe("maxResponseSize", () => {
  test("counts the bytes after decompression", async () => {
    const { url } = await serveBody(gzipSync(text), { "content-encoding": "gzip" });
    const size = Buffer.byteLength(text);
    expect((await send(nodeTransport({ maxResponseSize: size }), url)).body).toBe(text);
    const error = await failureOf(send(nodeTransport({ maxResponseSize: size - 1 }), url));
    expect(error).toMatchObject({ sent: true, code: "RESPONSE_TOO_LARGE" });
    expect(error.message).toContain(`maxResponseSize, which is ${size - 1} bytes`);
  });

  test("ends a body that never ends, and its connection", async () => {
    const { url, connections } = await serve((_, response) => {
      const timer = setInterval(() => response.write("x".repeat(1000)), 1);
      response.on("close", () => clearInterval(timer));
    });
    const error = await failureOf(send(nodeTransport({ maxResponseSize: 5000 }), url));
    expect(error.code).toBe("RESPONSE_TOO_LARGE");
    await expect.poll(() => connections[0]?.destroyed).toBe(true);
  });

  test("is compared with the announced length before anything is read", async () => {
    const { url, connections } = await serveBytes("HTTP/1.1 200 OK\r\ncontent-length: 5001\r\n\r\n");
    const error = await failureOf(send(nodeTransport({ maxResponseSize: 5000 }), url));
    expect(error.code).toBe("RESPONSE_TOO_LARGE");
    await expect.poll(() => connections[0]?.destroyed).toBe(true);
  });

  test.each(["gzip", "gzip, gzip"])("stops a bomb (%s) before it has grown", async (encoding) => {
    let bomb = gzipSync(Buffer.alloc(200 << 20));
    if (encoding !== "gzip") bomb = gzipSync(bomb);
    const { url } = await serveBody(bomb, { "content-encoding": encoding });
    const before = process.memoryUsage().rss;
    const inflated = vi.spyOn(Object.getPrototypeOf(createGunzip()), "push");
    const error = await failureOf(send(nodeTransport({ maxResponseSize: 1 << 20 }), url));
    expect(error.code).toBe("RESPONSE_TOO_LARGE");
    // Whatever went on would show now.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const bytes = inflated.mock.calls.reduce((sum, [chunk]) => sum + ((chunk as Buffer)?.length ?? 0), 0);
    inflated.mockRestore();
    expect(bytes).toBeLessThan(4 << 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
  });
});

test("a byte order mark is left out, and bytes that are not UTF-8 are replaced", async () => {
  const { url } = await serveBody(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]));
  expect((await send(nodeTransport(), url)).body).toBe("a\ufffd");
});

test("a character that is cut by two packets stays whole", async () => {
  const bytes = Buffer.from("ü");
  const { url } = await serve((_, response) => {
    response.write(bytes.subarray(0, 1));
    setTimeout(() => response.end(bytes.subarray(1)), 10);
  });
  expect((await send(nodeTransport(), url)).body).toBe("ü");
});

test("a body's length is sent, also with DELETE", async () => {
  const { url, seen } = await serveBody("");
  const transport = nodeTransport();
  await send(transport, url, { method: "DELETE", body: '{"ü":1}', idempotent: false });
  await send(transport, url, { method: "POST", idempotent: false });
  expect(seen).toMatchObject([
    { method: "DELETE", "content-length": "8" },
    { method: "POST", "content-length": "0" },
  ]);
});

test("zlib is loaded only once a response is compressed", async () => {
  const { url } = await serve((incoming, response) => {
    if (incoming.url === "/plain") response.end(text);
    else response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(text));
  });
  const program = `
    import { nodeTransport } from "node-transport";
    const transport = nodeTransport();
    const isLoaded = () => process.moduleLoadList.includes("NativeModule zlib");
    // Newer versions of Node load it themselves.
    const before = isLoaded();
    for (const path of ["/plain", "/compressed"]) {
      const { signal } = new AbortController();
      const request = { method: "GET", url: process.argv[2] + path, headers: {}, idempotent: true, signal };
      const { body } = await transport(request);
      console.log(body.length, path === "/plain" ? isLoaded() === before : isLoaded());
    }`;
  expect(await run(program, [url])).toBe(`${text.length} true\n${text.length} true`);
});
