import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import type { TransportServerAddresses } from "./transport-addresses.ts";
import * as certificates from "./transport-server/certificates.ts";
import { openDeadPorts } from "./transport-server/dead-ports.ts";
import { respond } from "./transport-server/respond.ts";
import { SeenRequests } from "./transport-server/seen-requests.ts";

export type { SeenRequest, TransportServerAddresses } from "./transport-addresses.ts";

/** A server that runs. */
export interface TransportServer {
  /** Where it can be reached: what `transportContract` needs, here or in another process. */
  readonly addresses: TransportServerAddresses;
  /** Stops it and breaks every connection that is left. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the server that `transportContract` talks to. Runs on Node only, and listens on 127.0.0.1 only.
 *
 * The cases need nothing but its addresses, so they can run in a process or a runtime of their own: hand the
 * addresses over as JSON.
 *
 * @returns The server, once all its ports are open.
 *
 * @example
 * import { startTransportServer } from "@infisical/core/testing/server";
 * const server = await startTransportServer();
 * console.log(JSON.stringify(server.addresses));
 * await server.close();
 */
export async function startTransportServer(): Promise<TransportServer> {
  const listener = respond(new SeenRequests());
  // It is the cases that close idle connections, so the server does not.
  const patient = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 };
  const over = (cert: string): Server =>
    createHttpsServer({ ...patient, key: certificates.key, cert }, listener);
  const { trusted, untrusted, expired, elsewhere } = certificates;
  const servers: readonly Server[] = [
    createHttpServer(patient, listener),
    ...[trusted, untrusted, expired, elsewhere].map(over),
  ];
  const sockets = new Set<Socket>();
  const [dead, ports] = await Promise.all([
    openDeadPorts(),
    Promise.all(servers.map((server) => open(server, sockets))),
  ]);
  const [http, https, httpsUntrusted, httpsExpired, httpsWrongHost] = ports as [
    ...[number, number, number, number, number],
  ];
  return {
    addresses: {
      http: `http://127.0.0.1:${http}`,
      https: `https://127.0.0.1:${https}`,
      httpsUntrusted: `https://127.0.0.1:${httpsUntrusted}`,
      httpsExpired: `https://127.0.0.1:${httpsExpired}`,
      httpsWrongHost: `https://127.0.0.1:${httpsWrongHost}`,
      refused: `http://127.0.0.1:${dead.refused}`,
      // RFC 6761 reserves `invalid` for names that never resolve.
      unresolvable: `http://nowhere.invalid:${http}`,
      silent: `https://127.0.0.1:${dead.silent}`,
      swallowing: dead.swallowing === null ? null : `http://127.0.0.1:${dead.swallowing}`,
      ca: certificates.authority,
    },
    close: async () => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all([...closed, dead.close()]);
    },
  };
}

/** Opens a server on any free port, and keeps count of its sockets, broken handshakes included. */
async function open(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
