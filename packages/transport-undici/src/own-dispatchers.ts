import type { TransportRequest } from "@infisical/core";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { namesProxy } from "./environment.ts";
import { ProxyConnectionError } from "./failures.ts";

/** Servers and what stands before them close idle connections; the shortest common limit is 5 s. */
const maxIdleMilliseconds = 4000;

/** For reads and for writes each; requests beyond it wait for a connection. */
const maxConnections = 64;

/**
 * Decides which connection a request gets where the user brings no dispatcher.
 *
 * A read takes a connection that is kept alive. A server may close an idle connection at any moment, and nobody can
 * tell whether it has seen what was sent at that moment; so whatever must not be sent twice goes over a new
 * connection, which costs a handshake and never fails for that reason.
 */
export class OwnDispatchers {
  #reads: Dispatcher | undefined;
  #writes: Dispatcher | undefined;
  // One for all, so that a new connection resumes the TLS session of an old one.
  readonly #connect = buildConnector({});

  /** The dispatcher for a request; made when it is first needed, since it reads the environment. */
  dispatcherFor({ idempotent }: TransportRequest): Dispatcher {
    if (idempotent) {
      this.#reads ??= this.#create({});
      return this.#reads;
    }
    // undici's word for: no connection is used again.
    this.#writes ??= this.#create({ pipelining: 0 });
    return this.#writes;
  }

  /** Ends every connection; later requests open new ones. */
  close(): void {
    for (const dispatcher of [this.#reads, this.#writes]) void dispatcher?.destroy();
    this.#reads = undefined;
    this.#writes = undefined;
  }

  #create(options: Agent.Options): Dispatcher {
    const all: Agent.Options = {
      connect: this.#connect,
      connections: maxConnections,
      keepAliveTimeout: maxIdleMilliseconds,
      // What a server announces never makes it longer.
      keepAliveMaxTimeout: maxIdleMilliseconds,
      ...options,
    };
    // Without a proxy, the agent that reads the environment would do so for every request.
    return namesProxy() ? new EnvHttpProxyAgent({ ...all, clientFactory: createProxyPool }) : new Agent(all);
  }
}

/**
 * The connections to a proxy.
 *
 * When a proxy closes the connection in place of an answer, undici asks it again, at once and for ever. An error whose
 * code is not that of a socket ends this.
 */
function createProxyPool(proxy: URL, options: object): Pool {
  const pool = new Pool(proxy, options);
  const connect = pool.connect.bind(pool);
  pool.connect = (async (tunnel: Dispatcher.ConnectOptions) => {
    try {
      return await connect(tunnel);
    } catch (error) {
      throw (error as { code?: unknown }).code === "UND_ERR_SOCKET" ? new ProxyConnectionError() : error;
    }
  }) as Pool["connect"];
  return pool;
}
