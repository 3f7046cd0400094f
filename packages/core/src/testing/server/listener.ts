import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { SeenRequest } from "../transport-contract.ts";
import { crossOrigin, EncodedBodies, type Exchange, reset, scenarios } from "./scenarios.ts";

/** The server's request listener. */
export function createListener(): (request: IncomingMessage, response: ServerResponse) => void {
  const seen = new SeenRequests();
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

/** What the server has seen, by the id in a request's path. */
class SeenRequests {
  readonly #byId = new Map<string, SeenRequest[]>();
  readonly #sockets = new Map<string, Set<Socket>>();
  readonly #numbers = new WeakMap<Socket, number>();
  #lastNumber = 0;

  /** Notes a request as soon as its headers have arrived, and its body as it arrives. */
  note(id: string, request: IncomingMessage): void {
    const seen = {
      method: request.method ?? "",
      target: request.url ?? "",
      headers: headerLines(request.rawHeaders),
      body: "",
      connection: this.#numberOf(request.socket),
    };
    request.setEncoding("utf8").on("data", (text: string) => {
      seen.body += text;
    });
    // A paused request still gets its body when somebody reads it: the listener alone must not start it.
    request.pause();
    this.#byId.set(id, [...this.of(id), seen]);
    this.#sockets.set(id, new Set(this.socketsOf(id)).add(request.socket));
  }

  /** The requests of an id, in the order of their arrival. */
  of(id: string): readonly SeenRequest[] {
    return this.#byId.get(id) ?? [];
  }

  /** The sockets that have brought requests of an id. */
  socketsOf(id: string): ReadonlySet<Socket> {
    return this.#sockets.get(id) ?? new Set();
  }

  #numberOf(socket: Socket): number {
    const known = this.#numbers.get(socket);
    if (known !== undefined) return known;
    this.#lastNumber += 1;
    this.#numbers.set(socket, this.#lastNumber);
    return this.#lastNumber;
  }
}

function headerLines(raw: readonly string[]): (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}

/** Closes each of the idle sockets with the probability `odds`, and returns how many it has closed. */
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
