import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Slots } from "../support/wait.ts";
import { abortedFailure } from "./node-failure.ts";

/** Servers and proxies close idle connections; the shortest common limit is 5 s. */
const maxIdleMilliseconds = 4000;

/** What the connections of one transport have in common. */
export interface SocketSettings {
  /** The maximum number of connections, idle ones included. */
  readonly maxSockets: number;
  /** Whether to use the proxy that Node is configured to use. */
  readonly proxied: boolean;
  /** The TLS options. */
  readonly tls: https.AgentOptions;
}

/** What `http.request` passes to an agent; `ownConnection` is our addition. */
export interface ConnectionOptions extends http.RequestOptions {
  readonly servername: string;
  readonly ownConnection: boolean;
}

/** The parts of an agent that Node's types leave out or declare as read-only. */
interface KeepingAgent extends http.Agent {
  readonly freeSockets: NodeJS.Dict<Socket[]>;
  addRequest(request: http.ClientRequest, options: ConnectionOptions): void;
}

/**
 * Decides which connection a request gets, and how many there are.
 *
 * A read uses the connection that became idle last. A server can close an idle connection at any moment, and nobody
 * can tell whether it has seen what was sent at that moment. So a request that must not be sent twice gets a new
 * connection.
 */
export class Sockets {
  readonly #settings: SocketSettings;
  readonly #agents = new Map<boolean, KeepingAgent>();
  readonly #idle = new WeakMap<Duplex, { readonly since: number; readonly limit: number }>();
  readonly #announced = new WeakMap<Duplex, number>();
  readonly #ownConnections = new WeakMap<Duplex, string>();
  readonly #tunnels = new WeakMap<http.ClientRequest, Duplex>();
  readonly #slots: Slots;

  constructor(settings: SocketSettings) {
    this.#settings = settings;
    this.#slots = new Slots(settings.maxSockets);
  }

  /**
   * Reserves a connection.
   *
   * @returns `undefined` if one is free, otherwise a promise of one, which an abort rejects.
   */
  reserve(signal: AbortSignal): Promise<void> | undefined {
    if (this.#slots.take()) return undefined;
    return new Promise((resolve, reject) => {
      const abort = () => {
        leaveQueue();
        reject(abortedFailure(false));
      };
      const leaveQueue = this.#slots.whenFree(() => {
        signal.removeEventListener("abort", abort);
        resolve();
      });
      signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** Ends a reservation: the connection is free again, or gone. */
  release(): void {
    this.#slots.release();
  }

  /** Closes the tunnel that a proxy has not opened yet, for a request that has been destroyed. */
  abandon(request: http.ClientRequest): void {
    const tunnel = request.socket ? undefined : this.#tunnels.get(request);
    // With an error, since a plain end would leave Node waiting for the proxy.
    tunnel?.on("error", () => {}).destroy(new Error("The request was destroyed."));
  }

  /** Closes every connection; later requests open new ones. */
  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
  }

  /** Notes how long the server keeps a connection, according to its `Keep-Alive` header. */
  announce(socket: Duplex, keepAlive: string): void {
    const seconds = /\btimeout=(\d+)/.exec(keepAlive)?.[1];
    // A second less, since a request that is on its way when the server closes is lost.
    if (seconds) this.#announced.set(socket, (Number(seconds) - 1) * 1000);
  }

  /** The agent for plain or for encrypted connections. */
  agent(secure: boolean): http.Agent {
    const agent = this.#agents.get(secure) ?? this.#createAgent(secure);
    this.#agents.set(secure, agent);
    return agent;
  }

  #createAgent(secure: boolean): KeepingAgent {
    const { proxied, tls } = this.#settings;
    // If Node supports the environment's proxy, its own agent says whether it uses it.
    const proxyEnv = proxied && (http.globalAgent as { options?: { proxyEnv?: unknown } }).options?.proxyEnv;
    const options = { keepAlive: true, scheduling: "lifo", ...(proxyEnv ? { proxyEnv } : {}) } as const;
    const agent = (
      secure ? new https.Agent({ ...options, ...tls }) : new http.Agent(options)
    ) as KeepingAgent;
    // Node's own name contains every certificate. Here, all connections of an agent have the same ones.
    agent.getName = ({ host, port } = {}) => `${host}:${port}`;
    agent.keepSocketAlive = (socket) => this.#keep(agent, socket as Socket);
    const addRequest = proxyEnv ? this.#notingTunnels(agent) : agent.addRequest.bind(agent);
    agent.addRequest = (request, connection) => {
      const name = agent.getName(connection as http.ClientRequestArgs);
      if (!connection.ownConnection && this.#dropStale(agent, name)) {
        addRequest(request, connection);
        return;
      }
      this.#makeRoom();
      // An agent opens a connection only if it sees no idle one.
      const idle = agent.freeSockets[name];
      delete agent.freeSockets[name];
      addRequest(request, connection);
      if (idle) agent.freeSockets[name] = idle;
      if (!connection.ownConnection) return;
      request.once("socket", (socket) => this.#ownConnections.set(socket, name));
    };
    return agent;
  }

  /** Notes which tunnel is opened for a request, since Node forgets the tunnel of a destroyed request. */
  #notingTunnels(agent: KeepingAgent): KeepingAgent["addRequest"] {
    let opening: http.ClientRequest | undefined;
    const createConnection = agent.createConnection.bind(agent);
    agent.createConnection = (...parameters) => {
      const socket = createConnection(...parameters);
      if (opening && socket) this.#tunnels.set(opening, socket);
      return socket;
    };
    const addRequest = agent.addRequest.bind(agent);
    return (request, connection) => {
      opening = request;
      addRequest(request, connection);
      opening = undefined;
    };
  }

  /** Whether a connection stays open after its request has ended. */
  #keep(agent: KeepingAgent, socket: Socket): boolean {
    const name = this.#ownConnections.get(socket);
    this.#ownConnections.delete(socket);
    // Otherwise, many writes in a row would leave a connection each.
    if (name !== undefined && agent.freeSockets[name]) return false;
    const limit = Math.min(maxIdleMilliseconds, this.#announced.get(socket) ?? maxIdleMilliseconds);
    if (limit <= 0) return false;
    this.#idle.set(socket, { since: Date.now(), limit });
    // The agent closes an idle connection when its timer ends.
    if (socket.timeout !== limit) socket.setTimeout(limit);
    socket.unref();
    return true;
  }

  /** Closes connections that must not be reused; returns whether one is left that can be. */
  #dropStale(agent: KeepingAgent, name: string): boolean {
    for (;;) {
      const socket = agent.freeSockets[name]?.at(-1);
      if (!socket) return false;
      const idle = this.#idle.get(socket);
      // Timers do not run in a frozen process, so the clock decides. One that was set back says nothing.
      const age = Date.now() - (idle?.since ?? Number.NaN);
      if (idle && age >= 0 && age <= idle.limit && socket.writable && !socket.destroyed) return true;
      drop(socket);
    }
  }

  /** Closes the connections that have been idle longest, until there is room for one more. */
  #makeRoom(): void {
    const idle: Socket[] = [];
    for (const agent of this.#agents.values()) {
      for (const sockets of Object.values(agent.freeSockets)) idle.push(...(sockets ?? []));
    }
    const surplus = this.#slots.taken + idle.length - this.#settings.maxSockets;
    if (surplus <= 0) return;
    const since = (socket: Socket) => this.#idle.get(socket)?.since ?? 0;
    for (const socket of idle.sort((a, b) => since(a) - since(b)).slice(0, surplus)) drop(socket);
  }
}

/** Closes an idle connection and removes it from its agent's list immediately. */
function drop(socket: Socket): void {
  socket.destroy();
  socket.emit("agentRemove");
}
