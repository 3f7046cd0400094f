import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type Socket } from "node:net";
import type {
  TransportError,
  TransportRequest,
  TransportResponse,
  TransportStream,
} from "../contracts/transport.ts";
import { acceptedEncodings, readBody } from "./node-body.ts";
import { abortedFailure, failureOf, truncatedFailure, tunnelFailure, unsendable } from "./node-failure.ts";
import type { ConnectionOptions, Sockets } from "./node-sockets.ts";
import { readText } from "./node-text.ts";

/** Where an exchange goes, and within which limits. */
export interface ExchangeSettings {
  /** Where the request goes. */
  readonly target: Target;
  /** Provides the connection: our sockets, or the user's agent. */
  readonly connections: Sockets | http.Agent;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
  /** Called once the connection is free again, or gone. */
  readonly onRelease: () => void;
}

/** Sends one request over `node:http` or `node:https` and reads its whole response. */
export function exchange(request: TransportRequest, settings: ExchangeSettings): Promise<TransportResponse> {
  return begin<TransportResponse>(request, settings, (response, { headers, status, resolve, fail, end }) => {
    readBody(response, {
      headers,
      bodiless: request.method === "HEAD" || status === 204 || status === 304,
      maxResponseSize: settings.maxResponseSize,
      onText(text) {
        end();
        resolve({ status, headers, body: text });
      },
      onFailure: fail,
    });
  });
}

/** Sends one request over `node:http` or `node:https`, and gives its response's text as it arrives. */
export function openStream(request: TransportRequest, settings: ExchangeSettings): Promise<TransportStream> {
  const headers = { ...request.headers, "accept-encoding": "identity" };
  return begin<TransportStream>(
    { ...request, headers },
    settings,
    (response, { headers, status, resolve }) => {
      resolve({ status, headers, body: readText(response, headers, request.signal) });
      // An error's text is awaited; a stream may never end.
      if (status < 300) response.socket.unref();
    },
  );
}

/** A response that has begun. */
interface Beginning<Result> {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly resolve: (result: Result) => void;
  readonly fail: (error: TransportError) => void;
  /** Call it when nothing is left to read: the request's signal no longer counts. */
  readonly end: () => void;
}

/** Sends one request, and reads its response when that begins. */
function begin<Result>(
  request: TransportRequest,
  settings: ExchangeSettings,
  read: (response: IncomingMessage, beginning: Beginning<Result>) => void,
): Promise<Result> {
  const { body, signal } = request;
  const { target, onRelease } = settings;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      onRelease();
      reject(abortedFailure(false));
      return;
    }
    let outgoing: ClientRequest;
    let sent = false;
    let incoming: IncomingMessage | undefined;
    let tunnelStatus = 200;

    const fail = (error: TransportError) => {
      signal.removeEventListener("abort", abort);
      reject(error);
      // Does nothing if the connection has been passed on already.
      outgoing.destroy();
      if ("abandon" in settings.connections) settings.connections.abandon(outgoing);
    };
    const abort = () => fail(abortedFailure(sent));

    try {
      // Called on the module's object, since tools for tests and tracing replace its functions.
      outgoing = (target.secure ? https : http).request(optionsOf(request, settings));
    } catch (error) {
      onRelease();
      reject(unsendable(error));
      return;
    }
    signal.addEventListener("abort", abort);

    // Proxy agents report how the proxy answered, and then replay its answer as the server's.
    outgoing.on("proxyConnect", ({ statusCode = 200 }: { statusCode?: number }) => {
      tunnelStatus = statusCode;
    });
    outgoing.on("socket", (socket) => {
      whenReady(socket, outgoing, () => {
        sent = true;
      });
    });
    outgoing.on("response", (response: IncomingMessage) => {
      incoming = response;
      sent = true;
      if (tunnelStatus !== 200) return fail(tunnelFailure(tunnelStatus));
      const status = response.statusCode ?? 0;
      const headers = headersOf(response.rawHeaders);
      const keepAlive = headers["keep-alive"];
      if (keepAlive && "announce" in settings.connections) {
        settings.connections.announce(response.socket, keepAlive);
      }
      const end = () => {
        signal.removeEventListener("abort", abort);
        // A server that responds early may never read the rest, and would occupy the connection.
        if (!outgoing.writableFinished) outgoing.destroy();
      };
      read(response, { status, headers, resolve, fail, end });
    });
    // Stays attached: a connection can report more than one error.
    outgoing.on("error", (error) => {
      if (incoming?.complete) return;
      if (tunnelStatus !== 200) fail(tunnelFailure(tunnelStatus));
      else
        fail(failureOf(error, { sent, secure: target.secure, fresh: !incoming && !outgoing.reusedSocket }));
    });
    outgoing.on("close", () => {
      signal.removeEventListener("abort", abort);
      if (!incoming?.complete) fail(truncatedFailure(sent));
      // The agent learns about it next. Not with queueMicrotask, which tests replace.
      Promise.resolve().then(onRelease);
    });
    try {
      outgoing.end(body);
    } catch (error) {
      fail(unsendable(error));
    }
  });
}

function optionsOf(
  { method, headers, body, idempotent }: TransportRequest,
  { target, connections }: ExchangeSettings,
): ConnectionOptions {
  const { protocol, hostname, port, servername, path, secure } = target;
  const agent = "announce" in connections ? connections.agent(secure) : connections;
  // Node sends no length with the body of a DELETE, and the server would read the body as the next request.
  const length = body === undefined ? undefined : { "content-length": String(Buffer.byteLength(body)) };
  const options: ConnectionOptions & { readonly __proto__: null } = {
    // What steers Node is set here, so that properties that somebody added to all objects do not.
    __proto__: null,
    auth: undefined,
    socketPath: undefined,
    protocol,
    hostname,
    port,
    servername,
    path,
    method,
    headers: { "accept-encoding": acceptedEncodings, ...headers, ...length },
    agent,
    ownConnection: !idempotent,
  };
  return options;
}

/** Calls back once the request's first byte can leave. */
function whenReady(socket: Socket, { reusedSocket }: ClientRequest, onReady: () => void): void {
  // Encrypted sockets have the first, and only during the handshake; only real sockets have the second.
  const { secureConnecting, _handle } = socket as { secureConnecting?: boolean; _handle?: unknown };
  if (socket.destroyed) return;
  // A mock has seen the request before it seems connected.
  if (reusedSocket || !_handle) onReady();
  else if (secureConnecting) socket.once("secureConnect", onReady);
  else if (socket.connecting) socket.once("connect", onReady);
  else onReady();
}

/** From the raw list: `response.headers` leaves out repeated headers. */
function headersOf(raw: readonly string[]): Record<string, string> {
  // Without a prototype, so that no name has a value already.
  const headers: Record<string, string> = Object.create(null);
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

/** Where a request goes, as `http.request` expects it. */
export interface Target {
  readonly protocol: string;
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** The name that the certificate must be for; empty for an IP address, which is checked as such. */
  readonly servername: string;
  /** The path and the query. */
  readonly path: string;
}

/** Paths that parsing would not change: no fragment, no dot segment, nothing to encode. */
const plainPath = /^(?!.*\/\.)\/[\w.~!$&'()*+,;=:@/?%-]*$/;

/** Parses addresses, and remembers the origin of the last one, since a client talks to one server. */
export class Targets {
  #origin = "";
  #last: Target | undefined;

  /** Parses an address; returns `undefined` if it is not an HTTP address. */
  parse(address: string): Target | undefined {
    if (this.#last && address.startsWith(this.#origin)) {
      const path = address.slice(this.#origin.length);
      // A path begins with a slash, so the origin is not merely a prefix of another one.
      if (plainPath.test(path)) return Object.assign({}, this.#last, { path });
    }
    const target = targetOf(address);
    if (!target) return undefined;
    this.#origin = target.origin;
    this.#last = target;
    return target;
  }
}

function targetOf(address: string): (Target & { origin: string }) | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const secure = url?.protocol === "https:";
  if (!url || (!secure && url.protocol !== "http:") || url.username || url.password) return undefined;
  const { protocol, origin } = url;
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (secure ? 443 : 80);
  const servername = isIP(hostname) ? "" : hostname;
  return { origin, protocol, secure, hostname, port, servername, path: `${url.pathname}${url.search}` };
}
