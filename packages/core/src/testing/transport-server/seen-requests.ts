import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { SeenRequest } from "../transport-addresses.ts";

/** What the server has seen, by the id in a request's path. */
export class SeenRequests {
  readonly #byId = new Map<string, SeenRequest[]>();
  readonly #sockets = new Map<string, Set<Socket>>();
  readonly #numbers = new WeakMap<Socket, number>();
  #lastNumber = 0;

  /** Notes a request as soon as its headers are there, and its body as it comes. */
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
