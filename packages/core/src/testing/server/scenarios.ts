import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { promisify } from "node:util";
import { brotliCompress, constants, deflate, gzip } from "node:zlib";

/** One request to respond to. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly bodies: EncodedBodies;
}

type Scenario = (exchange: Exchange) => Promise<void> | void;

/**
 * What the server does, by the first segment of a request's path. The query holds the details:
 *
 * - `/plain`: `status`, `header` ("Name: value", any number), `body`, `interim` (103, 102 or 100, any number)
 * - `/echo`: sends the request's body back, after `delay` milliseconds
 * - `/early`: sends a response as soon as the headers are there, and reads the body afterwards
 * - `/wire`: writes each `bytes` (a character is a byte) as it is, then does `ending`: `close`, `reset` or `stall`
 * - `/encoded`: a body of `text`, or of `zeros` bytes, compressed with `encoding` if the request accepts that;
 *   then `close`, `stall` or `damage`
 * - `/drop`: reads the request up to `after` (`headers` or `body`), then does `ending`: `close` or `reset`
 * - `/unread`: reads the headers only, and never responds
 */
export const scenarios: Readonly<Record<string, Scenario>> = {
  async plain({ request, response, query }) {
    await bodyOf(request);
    for (const interim of query.getAll("interim")) sendInterim(response, interim);
    const status = Number(query.get("status") ?? 200);
    const body = Buffer.from(query.get("body") ?? "");
    const lines = query.getAll("header").map((line) => line.split(": "));
    // A 204 has no length, and a 304 has that of the corresponding 200, if any.
    const length = status === 204 || status === 304 ? [] : ["Content-Length", String(body.length)];
    response.writeHead(status, [...crossOrigin, ...lines.flat(), ...length]).end(body);
  },
  async echo({ request, response, query }) {
    const body = await bodyOf(request);
    await pause(Number(query.get("delay") ?? 0));
    response.writeHead(200, [...crossOrigin, "Content-Type", "text/plain; charset=utf-8"]).end(body);
  },
  async early({ request, response }) {
    response.writeHead(413, [...crossOrigin, "Content-Length", "9"]).end("too large");
    request.resume();
  },
  async wire({ request, query }) {
    await bodyOf(request);
    for (const [index, bytes] of query.getAll("bytes").entries()) {
      // Long enough for each to arrive separately.
      if (index > 0) await pause(10);
      request.socket.write(bytes, "latin1");
    }
    finish(request.socket, query.get("ending"));
  },
  async encoded({ request, response, query, bodies }) {
    await bodyOf(request);
    await bodies.send(response, query, String(request.headers["accept-encoding"]), crossOrigin);
  },
  async drop({ request, query }) {
    if (query.get("after") === "body") await bodyOf(request);
    finish(request.socket, query.get("ending"));
  },
  unread: () => undefined,
};

/** Lets scripts of other origins read everything, for cases that run in a browser. */
export const crossOrigin: readonly string[] = [
  ...["Access-Control-Allow-Origin", "*"],
  ...["Access-Control-Expose-Headers", "*"],
];

/** Reads a request's body to its end. Never resolves if the client breaks off. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = "";
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => resolve(body));
    request.resume();
  });
}

function sendInterim(response: ServerResponse, status: string): void {
  if (status === "100") response.writeContinue();
  else if (status === "102") response.writeProcessing();
  else response.writeEarlyHints({ link: "</style.css>; rel=preload; as=style", "x-interim": "yes" });
}

/** Ends what is written straight to a socket: properly, by a reset, or not at all. */
function finish(socket: Socket, how: string | null): void {
  if (how === "close") socket.end();
  if (how === "reset") reset(socket);
}

/** A socket that has begun to end properly cannot be reset: the Node process would never exit. */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Compresses bodies, and keeps those that are large: a bomb takes a second to make. */
export class EncodedBodies {
  readonly #large = new Map<string, Promise<Buffer>>();

  /**
   * Sends a body in chunks, compressed if the request accepts the encoding, as servers do: a transport that does not
   * ask for compression need not support any.
   *
   * @param query - `encoding`, then `text` or `zeros` (a number of bytes), and `ending`: `close`, `stall` or
   * `damage`.
   */
  async send(
    response: ServerResponse,
    query: URLSearchParams,
    accepted: string,
    headers: readonly string[],
  ): Promise<void> {
    const encoding = query.get("encoding") ?? "identity";
    const isEncoded = encoding in encoders && new RegExp(`\\b${encoding}\\b`).test(accepted);
    const ending = query.get("ending") ?? "close";
    const body = await this.#body(isEncoded ? encoding : "identity", query, ending === "close");
    const named = isEncoded ? ["Content-Encoding", encoding] : [];
    response.writeHead(200, [...headers, "Content-Type", "text/plain; charset=utf-8", ...named]);
    response.write(body);
    if (ending === "close") response.end();
    // If the body is not compressed, its sudden end is the damage.
    if (ending === "damage") isEncoded ? response.end("not a compressed text") : response.destroy();
  }

  #body(encoding: string, query: URLSearchParams, isComplete: boolean): Promise<Buffer> {
    const encode = encoders[encoding] ?? (async (body) => body);
    const zeros = Number(query.get("zeros") ?? 0);
    if (zeros === 0) return encode(Buffer.from(query.get("text") ?? ""), isComplete);
    const key = `${encoding} ${zeros} ${isComplete}`;
    const body = this.#large.get(key) ?? encode(Buffer.alloc(zeros), isComplete);
    if (encoding !== "identity") this.#large.set(key, body);
    return body;
  }
}

type Encoder = (body: Buffer, isComplete: boolean) => Promise<Buffer>;

/** An incomplete body contains everything so far, without the encoding's end marker. */
const encoders: Readonly<Record<string, Encoder>> = {
  gzip: (body, isComplete) => promisify(gzip)(body, { level: 1, finishFlush: flushOf(isComplete) }),
  deflate: (body, isComplete) => promisify(deflate)(body, { level: 1, finishFlush: flushOf(isComplete) }),
  br: (body, isComplete) =>
    promisify(brotliCompress)(body, {
      finishFlush: isComplete ? constants.BROTLI_OPERATION_FINISH : constants.BROTLI_OPERATION_FLUSH,
      // The default takes a minute for 100 MiB.
      params: { [constants.BROTLI_PARAM_QUALITY]: 3 },
    }),
};

function flushOf(isComplete: boolean): number {
  return isComplete ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
}
