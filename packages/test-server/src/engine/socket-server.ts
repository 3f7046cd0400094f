import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, ListenOptions as NetListenOptions } from "node:net";
import { z } from "zod";
import { type Call, callHead, type HttpResponse, misdirectedResponse } from "../api/http.ts";
import type { ServerState } from "../api/server-state.ts";
import { Page } from "../ui/page.ts";
import { pageObstacle } from "../ui/page-place.ts";
import type { Delivery } from "./apply-failure.ts";
import { byteLength, firstHalf } from "./bytes.ts";
import { boolean, type Check, checked, list, name, type ObjectOf, object, optional } from "./check.ts";
import { allowHosts, bracketed, type HostCheck } from "./hosts.ts";
import type { Responder } from "./responder.ts";
import { sendStream } from "./socket-stream.ts";

const hostName: Check<string> = z.custom<string>(
  (name) => typeof name === "string" && /^(\[[\da-f:.]+\]|[\w.-]+)$/i.test(name),
  'must be a host without scheme and port, such as "infisical"',
);

const listenOptions = object({
  /**
   * The port; 0 for any free one.
   *
   * @defaultValue 0
   */
  port: optional<number>(z.number().int().min(0).max(65_535)),
  /**
   * The address to listen on.
   *
   * @defaultValue "127.0.0.1"
   */
  host: optional<string>(z.string().min(1)),
  /**
   * Further names by which clients reach the port, without scheme and port, such as the name of a container.
   *
   * Requests whose `Host` header is any other name are answered with 421, so that no web page can reach the server
   * under a name of its own. The port always answers as `localhost`, `127.0.0.1`, `[::1]` and `host`, and as any IP
   * address where `host` is not a loopback address.
   *
   * @defaultValue none
   */
  allowedHosts: optional(list(hostName)),
  /**
   * Whether `/` is a page for a browser, which shows what the server stores and orders failures. It shows secrets to
   * whoever reaches the port, so `host` must be a loopback address, and `allowedHosts` must be empty.
   *
   * @defaultValue false
   */
  ui: optional(boolean),
});

/**
 * Where a test server listens.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer();
 * await server.listen({ port: 4000 });
 * await server.close();
 */
export interface ListenOptions extends ObjectOf<typeof listenOptions.fields> {}

const socketPathOptions = object({
  /** The path of the Unix socket. */
  socketPath: name,
});

/** The Unix socket on which a stand-in listens. */
export interface SocketPathOptions extends ObjectOf<typeof socketPathOptions.fields> {}

/** More than any route accepts, in bytes. The rest of a longer body is read and forgotten. */
const mostKept = 4 * 1_048_576;

/** Serves the responder on a real port. */
export class SocketServer {
  readonly #responder: Responder;
  readonly #state: (() => ServerState) | undefined;
  #server: Server | undefined;
  #page: Page | undefined;

  /** @param state - What the page shows; without it, the server cannot have one. */
  constructor(responder: Responder, state?: () => ServerState) {
    this.#responder = responder;
    this.#state = state;
  }

  /** Opens the port and resolves to the server's address. */
  async listen(options: ListenOptions): Promise<string> {
    const given = checked("listen()", listenOptions, options);
    const { port = 0, host = "127.0.0.1", allowedHosts = [], ui = false } = given;
    const page = ui ? this.#pageAt(host, allowedHosts) : undefined;
    const server = await this.#open(allowHosts(host, allowedHosts), { port, host }, page);
    const reachable = host === "0.0.0.0" || host === "::" ? "localhost" : bracketed(host);
    return `http://${reachable}:${(server.address() as AddressInfo).port}`;
  }

  /** Opens a Unix socket and resolves to its path. */
  async listenAt(options: SocketPathOptions): Promise<string> {
    const { socketPath } = checked("listen()", socketPathOptions, options);
    await this.#open(allowHosts("localhost"), { path: socketPath });
    return socketPath;
  }

  #pageAt(host: string, allowedHosts: readonly string[]): Page {
    if (!this.#state) throw new TypeError("listen(): ui: only the test server itself has a page");
    const obstacle = pageObstacle(host, allowedHosts);
    if (obstacle) {
      const { option, rule, value, reason } = obstacle;
      throw new TypeError(`listen(): ui: ${option} ${rule}, got "${value}": ${reason}`);
    }
    return new Page(this.#responder, this.#state);
  }

  async #open(isAllowed: HostCheck, place: NetListenOptions, page?: Page): Promise<Server> {
    if (this.#server) throw new Error("The test server is already listening; close() it first");
    this.#page = page;
    this.#responder.watcher = page?.journal.watcher;
    const server = createServer((incoming, outgoing) => this.#handle(incoming, outgoing, isAllowed));
    this.#server = server;
    try {
      await once(server.listen(place), "listening");
    } catch (error) {
      this.#server = undefined;
      throw listenError(error, place);
    }
    return server;
  }

  /** Closes the port and ends every connection, idle and stalled ones too. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse, isAllowed: HostCheck): Promise<void> {
    const head = headOf(incoming);
    const { host } = incoming.headers;
    if (!isAllowed(host)) {
      send(this.#responder.turnAway(head, misdirectedResponse(head, host)), outgoing);
      return;
    }
    const page = this.#page?.serves(head.path) ? this.#page : undefined;
    if (!page && this.#responder.refuses(head)) {
      incoming.socket.destroy();
      return;
    }
    const disconnected = new AbortController();
    outgoing.once("close", () => disconnected.abort());
    try {
      const bodyText = await readBody(incoming);
      if (page) {
        send(await page.answer({ ...head, bodyText }), outgoing);
        return;
      }
      const delivery = await this.#responder.deliver({ ...head, bodyText }, () => disconnected.signal);
      await carryOut(delivery, outgoing);
    } catch {
      // The client has disconnected, or code of the test has thrown, of which it hears as of a broken server.
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    }
  }
}

function headOf({ url = "/", method = "GET", headersDistinct, socket }: IncomingMessage): Call {
  const headers = Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(", ")]);
  const target = url.startsWith("/") ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, "") || "/";
  const { remoteAddress } = socket;
  return { ...callHead(method, target, Object.fromEntries(headers)), remoteAddress };
}

async function carryOut(delivery: Delivery, outgoing: ServerResponse): Promise<void> {
  switch (delivery.kind) {
    case "response":
      if (delivery.response.stream) await sendStream(delivery.response, delivery.response.stream, outgoing);
      else send(delivery.response, outgoing);
      return;
    case "disconnect":
      outgoing.destroy();
      return;
    case "stall":
      if (delivery.response) await sendHalf(delivery.response, outgoing);
      return;
    case "cut":
      await sendHalf(delivery.response, outgoing);
      outgoing.socket?.end();
  }
}

function send({ status, headers, body }: HttpResponse, outgoing: ServerResponse): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.end(body);
}

/** Sends headers that announce the whole body, and half of it. */
async function sendHalf({ status, headers, body }: HttpResponse, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, { ...headers, "content-length": String(byteLength(body)) });
  await new Promise<void>((resolve) => outgoing.write(firstHalf(body), () => resolve()));
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (size <= mostKept) chunks.push(chunk);
    size += chunk.length;
  }
  return size === 0 ? undefined : Buffer.concat(chunks).toString();
}

function listenError(error: unknown, { port, host, path }: NetListenOptions): unknown {
  if (path !== undefined) return error;
  switch ((error as { code?: unknown } | null)?.code) {
    case "EADDRINUSE":
      return new Error(
        `Port ${port} on ${host} is already in use; choose another one, or 0 for any free port`,
      );
    case "EACCES":
      return new Error(`Not allowed to listen on port ${port} of ${host}`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new Error(`This machine has no address ${host}`);
    default:
      return error;
  }
}
