import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import {
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from "../../src/contracts/transport.ts";
import type { TransportUnderTestOptions } from "../../src/testing/index.ts";

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** A plain transport over `node:http` that keeps every promise: a new connection for each request. */
export function referenceTransport({
  ca,
  maxResponseSize = 64 * 1024 * 1024,
}: TransportUnderTestOptions = {}): Transport {
  const send = (request: TransportRequest): Promise<TransportResponse> =>
    exchange(request, { ca, maxResponseSize });
  return Object.assign(send, { maxResponseSize });
}

function exchange(
  { method, url, headers, body, signal }: TransportRequest,
  { ca, maxResponseSize }: { ca: string | undefined; maxResponseSize: number },
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    let sent = false;
    const fail = (code: string | undefined): void => {
      signal.removeEventListener("abort", abort);
      outgoing?.destroy();
      reject(new TransportError(`The exchange failed: ${code}`, { sent, code }));
    };
    const abort = (): void => fail("ABORTED");
    let outgoing: ReturnType<typeof overHttp> | undefined;
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    const isSecure = url.startsWith("https:");
    const length = body === undefined && method === "GET" ? {} : { "content-length": byteLength(body) };
    outgoing = (isSecure ? overHttps : overHttp)(url, {
      ...{ method, headers: { ...headers, "accept-encoding": "gzip, deflate, br", ...length } },
      ...{ agent: false, ca },
    });
    outgoing.on("socket", (socket) =>
      socket.once(isSecure ? "secureConnect" : "connect", () => {
        sent = true;
      }),
    );
    outgoing.on("error", (error: NodeJS.ErrnoException) => fail(error.code));
    outgoing.on("response", (incoming) => {
      const { content, finish } = read(incoming, maxResponseSize, fail);
      content.on("end", () => {
        signal.removeEventListener("abort", abort);
        resolve({ status: incoming.statusCode as number, headers: headersOf(incoming), body: finish() });
      });
    });
    outgoing.end(body);
  });
}

function read(
  incoming: IncomingMessage,
  maxResponseSize: number,
  fail: (code: string | undefined) => void,
): { content: Readable; finish: () => string } {
  const decoder = decoders[incoming.headers["content-encoding"] ?? ""];
  const hasBody = incoming.statusCode !== 204 && incoming.statusCode !== 304;
  const content: Readable = decoder && hasBody ? incoming.pipe(decoder()) : incoming;
  const chunks: Buffer[] = [];
  let size = 0;
  content.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxResponseSize) fail("RESPONSE_TOO_LARGE");
    else chunks.push(chunk);
  });
  for (const stream of new Set([incoming, content])) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      content.destroy();
      fail(error.code);
    });
  }
  return { content, finish: () => Buffer.concat(chunks).toString() };
}

function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase();
    const value = rawHeaders[index + 1] as string;
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

function byteLength(body = ""): number {
  return Buffer.byteLength(body);
}
