import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { firstHalf } from "../faults/apply-failure.ts";
import type { Delivery } from "../faults/delivery.ts";
import { type Call, splitTarget } from "../http/call.ts";
import type { HttpResponse } from "../http/http-response.ts";
import { bodyLimit } from "../http/request-body.ts";
import { misdirectedResponse } from "../http/responses.ts";
import type { Responder } from "../responder.ts";
import { parseArgument } from "../seed/parse-argument.ts";
import type { ListenOptions } from "../test-server.ts";
import { allowHosts, bracketed, type HostCheck } from "./allowed-hosts.ts";
import { toFetchResponse } from "./fetch-response.ts";

/** Serves the responder on a real port. */
export class SocketServer {
  readonly #responder: Responder;
  #server: Server | undefined;

  constructor(responder: Responder) {
    this.#responder = responder;
  }

  /** Opens the port and resolves to the server's address. */
  async listen(options: ListenOptions): Promise<string> {
    const { port = 0, host = "127.0.0.1", allowedHosts } = parseArgument("listen()", options);
    if (this.#server) throw new Error("The test server is already listening; close() it first");
    const isAllowed = allowHosts(host, allowedHosts);
    const server = createAdaptorServer({
      fetch: (request, bindings) => this.#handle(request, bindings as HttpBindings, isAllowed),
      overrideGlobalObjects: false,
    }) as Server;
    this.#server = server;
    try {
      await opened(server, port, host);
    } catch (error) {
      this.#server = undefined;
      throw listenError(error, port, host);
    }
    const address = server.address() as AddressInfo;
    return `http://${reachableHost(host)}:${address.port}`;
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

  async #handle(
    request: Request,
    { incoming, outgoing }: HttpBindings,
    isAllowed: HostCheck,
  ): Promise<Response> {
    const target = targetOf(incoming);
    const head: Call = {
      ...splitTarget(target),
      method: incoming.method ?? "GET",
      target,
      headers: Object.fromEntries(request.headers),
      bodyText: undefined,
    };
    const { host } = incoming.headers;
    if (!isAllowed(host))
      return toFetchResponse(this.#responder.turnAway(head, misdirectedResponse(head, host)));
    if (this.#responder.refuses(head)) {
      incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    try {
      const bodyText = await readBody(incoming);
      const delivery = await this.#responder.deliver({ ...head, bodyText }, () => request.signal);
      return await send(delivery, incoming, outgoing);
    } catch (error) {
      // The client has disconnected.
      if (incoming.socket.destroyed) return RESPONSE_ALREADY_SENT;
      throw error;
    }
  }
}

async function send(
  delivery: Delivery,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Response> {
  if (delivery.kind === "response") return toFetchResponse(delivery.response);
  if (delivery.kind === "disconnect") incoming.socket.destroy();
  if (delivery.kind === "stall" && delivery.response) await sendHalf(delivery.response, outgoing);
  if (delivery.kind === "cut") {
    await sendHalf(delivery.response, outgoing);
    incoming.socket.end();
  }
  return RESPONSE_ALREADY_SENT;
}

/** Sends headers that announce the whole body, and half of it. */
async function sendHalf({ status, headers, body }: HttpResponse, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
  await new Promise<void>((resolve) => outgoing.write(firstHalf(body), () => resolve()));
}

/** Reads a body to its end, but keeps only as much as is needed to detect that it is too large. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (size <= bodyLimit) chunks.push(chunk);
    size += chunk.length;
  }
  return size === 0 ? undefined : Buffer.concat(chunks).toString();
}

/** The request's path and query as received. */
function targetOf({ url = "/" }: IncomingMessage): string {
  return url.startsWith("/") ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, "") || "/";
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function listenError(error: unknown, port: number, host: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "EADDRINUSE") {
    return new Error(`Port ${port} on ${host} is already in use; choose another one, or 0 for any free port`);
  }
  if (code === "EACCES") return new Error(`Not allowed to listen on port ${port} of ${host}`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new Error(`This machine has no address ${host}`);
  return error;
}

/** The host to use in a URL, for a host that the server listens on. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return bracketed(host);
}
