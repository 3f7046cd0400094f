import { createServer, type Server } from "node:net";

/** A server that says what it is told, byte for byte, and then closes the connection or keeps it. */
export interface RawServer {
  readonly siteUrl: string;
  /** What it says next. */
  say(text: string): void;
  close(): Promise<void>;
}

/** Starts one. */
export async function startRawServer(): Promise<RawServer> {
  let said = "";
  const server: Server = createServer((socket) => {
    let received = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!received.includes("\r\n\r\n")) return;
      received = "";
      socket.end(Buffer.from(said, "latin1"));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address() as { readonly port: number };
  return {
    siteUrl: `http://127.0.0.1:${address.port}`,
    say: (text) => {
      said = text;
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
