import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from "node:http2";
import { Agent } from "undici";
import { expect, test } from "vitest";
import { authority, certificate, listen, privateKey, serveSecurely } from "#test-kit";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send } from "./exchange.ts";

/** A server of HTTP/2 only, and a transport that speaks it. */
async function start(onStream: (stream: ServerHttp2Stream, path: string) => void) {
  const http2: Http2SecureServer = createSecureServer({ key: privateKey, cert: certificate });
  http2.on("stream", (stream, headers) => onStream(stream, String(headers[":path"])));
  http2.on("sessionError", () => undefined);
  const server = await listen(http2, { scheme: "https", host: "localhost" });
  const dispatcher = new Agent({
    allowH2: true,
    connections: 1,
    pipelining: 100,
    connect: { ca: authority },
  });
  return { server, transport: undiciTransport({ dispatcher }) };
}

/** Gives a request back as its response. */
async function echo(stream: ServerHttp2Stream): Promise<void> {
  let body = "";
  for await (const chunk of stream.setEncoding("utf8")) body += chunk;
  stream.respond({ ":status": 200, "x-twice": ["a", "b"] } as never);
  stream.end(`${stream.sentHeaders[":status"]} ${body}`);
}

test.each([
  ["GET", undefined],
  ["POST", undefined],
  ["POST", '{"text":"€"}'],
  ["PUT", '{"text":"€"}'],
  ["PATCH", '{"text":"€"}'],
  ["DELETE", undefined],
  ["DELETE", '{"text":"€"}'],
])("a %s with the body %j goes over HTTP/2", async (method, body) => {
  const { server, transport } = await start((stream) => void echo(stream));
  const response = await send(transport, server.url, { method, body });
  expect(response.body).toBe(`200 ${body ?? ""}`);
  expect(response.headers["x-twice"]).toBe("a, b");
});

test("the body of a DELETE has its length over HTTP/1.1, through the same dispatcher", async () => {
  const server = await serveSecurely(
    async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { "content-length": length, "transfer-encoding": encoding } = request.headers;
      response.end(JSON.stringify({ length, encoding, body: Buffer.concat(chunks).toString() }));
    },
    { host: "localhost" },
  );
  const dispatcher = new Agent({ allowH2: true, connect: { ca: authority } });
  const { body } = await send(undiciTransport({ dispatcher }), server.url, {
    method: "DELETE",
    body: '"€"',
  });
  expect(JSON.parse(body)).toEqual({ length: "5", body: '"€"' });
});

test("requests at the same time share a connection", async () => {
  const streams: ServerHttp2Stream[] = [];
  const { server, transport } = await start((stream, path) => {
    if (path === "/first") return void echo(stream);
    streams.push(stream);
    // Nobody gets a response before all are there.
    if (streams.length === 10) for (const each of streams) void echo(each);
  });
  await send(transport, `${server.url}/first`);
  await Promise.all(Array.from({ length: 10 }, () => send(transport, server.url)));
  expect(server.connections).toHaveLength(1);
});

test.each(["GET", "POST"])("a %s whose connection ends is not sent again", async (method) => {
  const paths: string[] = [];
  const { server, transport } = await start((stream, path) => {
    paths.push(path);
    stream.session?.destroy();
  });
  const { sent } = await failureOf(send(transport, `${server.url}/a`, { method }));
  expect({ sent, paths }).toEqual({ sent: true, paths: ["/a"] });
});

test("reads behind a read whose connection ends are not sent again", async () => {
  const paths: string[] = [];
  const { server, transport } = await start((stream, path) => {
    paths.push(path);
    if (path === "/first") void echo(stream);
    else if (paths.length === 4) stream.session?.goaway(0);
  });
  await send(transport, `${server.url}/first`);
  const failures = await Promise.all(
    ["/a", "/b", "/c"].map((path) => failureOf(send(transport, server.url + path))),
  );
  expect(failures.map(({ sent }) => sent)).toEqual([true, true, true]);
  expect(paths).toEqual(["/first", "/a", "/b", "/c"]);
});

test("an abort only ends its own request", async () => {
  const abort = new AbortController();
  const { server, transport } = await start((stream, path) => {
    if (path === "/aborted") abort.abort();
    else void echo(stream);
  });
  await send(transport, server.url);
  const pending = failureOf(send(transport, `${server.url}/aborted`, { signal: abort.signal }));
  expect((await send(transport, `${server.url}/other`)).status).toBe(200);
  const { code, sent } = await pending;
  expect({ code, sent }).toEqual({ code: "ABORTED", sent: true });
  expect(server.connections).toHaveLength(1);
});
