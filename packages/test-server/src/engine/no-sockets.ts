import type { SocketServer as NodeSocketServer } from "./socket-server.ts";

/** Stands for the server of sockets where there are none: in a page. */
export class SocketServer implements Pick<NodeSocketServer, "listen" | "listenAt" | "close"> {
  listen(): Promise<never> {
    return Promise.reject(new Error("A page can open no port; use the server's `transport` or `fetch`"));
  }

  listenAt(): Promise<never> {
    return this.listen();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
