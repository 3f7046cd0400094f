import http from "node:http";
import net from "node:net";
import { listen, type RawServer } from "./raw-server.ts";

/** A proxy, and what it was asked. */
export interface ProxyServer extends RawServer {
  /** Such as "GET http://127.0.0.1:8080/" and "CONNECT 127.0.0.1:8080". */
  readonly requests: string[];
  /** What each tunnel was requested with. */
  readonly credentials: (string | undefined)[];
}

/** Starts a proxy that opens tunnels and forwards plain requests, or refuses both with a status other than 200. */
export async function serveProxy({ status = 200 } = {}): Promise<ProxyServer> {
  const requests: string[] = [];
  const credentials: (string | undefined)[] = [];
  const proxy = http.createServer((incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    if (status !== 200) {
      response.writeHead(status).end("from the proxy");
      return;
    }
    http.get(incoming.url ?? "", (answer) => {
      response.writeHead(answer.statusCode ?? 500);
      answer.pipe(response);
    });
  });
  proxy.on("connect", (incoming, socket, head) => {
    requests.push(`CONNECT ${incoming.url}`);
    credentials.push(incoming.headers["proxy-authorization"]);
    socket.on("error", () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const [host, port] = (incoming.url ?? "").split(":");
    const upstream = net.connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
  });
  return { ...(await listen(proxy)), requests, credentials };
}
