import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { EncodedBodies } from "./encoded-body.ts";
import type { SeenRequests } from "./seen-requests.ts";

/** One request to respond to. */
interface Exchange {
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
 * - `/encoded`: a body of `text`, or of `zeros` bytes, compressed with `encoding` where the request accepts that;
 *   then `close`, `stall` or `damage`
 * - `/drop`: reads the request up to `after` (`headers` or `body`), then does `ending`: `close` or `reset`
 * - `/unread`: reads the headers only, and never responds
 */
const scenarios: Readonly<Record<string, Scenario>> = {
  async plain({ request, response, query }) {
    await bodyOf(request);
    for (const interim of query.getAll("interim")) sendInterim(response, interim);
    const status = Number(query.get("status") ?? 200);
    const body = Buffer.from(query.get("body") ?? "");
    const lines = query.getAll("header").map((line) => line.split(": "));
    // A 204 has no length, and a 304 has the one that a 200 would have had, if any.
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
      // Long enough for each to come by itself.
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

/** Lets the scripts of other origins read everything, for cases that run in a browser. */
const crossOrigin: readonly string[] = [
  ...["Access-Control-Allow-Origin", "*"],
  ...["Access-Control-Expose-Headers", "*"],
];

/** The server's request listener. */
export function respond(seen: SeenRequests): (request: IncomingMessage, response: ServerResponse) => void {
  const busy = new Set<Socket>();
  const bodies = new EncodedBodies();
  return (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://any.invalid");
    const [, scenario = "", id = ""] = pathname.split("/");
    const exchange: Exchange = { request, response, query, bodies };
    if (request.method === "OPTIONS") return allowOrigin(exchange);
    if (scenario === "seen") return sendJson(exchange, seen.of(id));
    if (scenario === "hang-up") {
      const idle = [...seen.socketsOf(id)].filter((socket) => !busy.has(socket) && socket !== request.socket);
      return sendJson(exchange, { closed: hangUp(idle, query) });
    }
    seen.note(id, request);
    busy.add(request.socket);
    response.on("close", () => busy.delete(request.socket));
    const run = scenarios[scenario];
    if (run === undefined) response.writeHead(404).end();
    else void run(exchange);
  };
}

/** Reads a request's body to its end. Never resolves where the client breaks off. */
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

/** A socket that has begun to end properly cannot be reset: Node would never end the process. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** Closes each of the idle sockets with the probability `odds`, and tells how many it has closed. */
function hangUp(idle: readonly Socket[], query: URLSearchParams): number {
  const chosen = idle.filter((socket) => !socket.destroyed && Math.random() < Number(query.get("odds")));
  for (const socket of chosen) {
    if (query.get("ending") === "reset") reset(socket);
    else socket.destroy();
  }
  return chosen.length;
}

function sendJson({ request, response }: Exchange, value: unknown): void {
  request.resume();
  const body = Buffer.from(JSON.stringify(value));
  const headers = ["Content-Type", "application/json", "Content-Length", String(body.length)];
  response.writeHead(200, [...crossOrigin, ...headers]).end(body);
}

function allowOrigin({ request, response }: Exchange): void {
  request.resume();
  response.writeHead(204, {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": request.headers["access-control-request-method"] ?? "*",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
  });
  response.end();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
